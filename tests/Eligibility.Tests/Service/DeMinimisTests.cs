using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Case = Iop.Eligibility.V1.Case;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

/// <summary>De minimis aid in a case: declared, counted whole, and within its ceiling. Source: law.md 2.2.</summary>
[Collection(nameof(Eligibility))]
public sealed class DeMinimisTests(EligibilityFixture service)
{
    private readonly Journey _falun = new(service, EligibilityFixture.Falun);

    [Fact]
    public async Task De_minimis_aid_is_decided_only_when_what_was_had_is_declared_and_leaves_room()
    {
        var silent = await DeMinimisAsync(facts => facts.Declarations.Remove(
            facts.Declarations.Single(declaration => declaration is { PartyId: "famnen", Kind: DeclarationKind.DeMinimisDisclosed })));
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_NOT_SHOWN", () => SubmitAsync(silent));
        Assert.Equal("DECLARATION_MISSING", refused.Metadata["cause"]);

        var @case = await SubmitAsync(await DeMinimisAsync());
        service.Organisations.Sum(@case.Organisation, SumDeMinimisAidResponse.Types.Result.Exceeded);
        refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_NOT_SHOWN", () => _falun.AsDecider.DecideCaseAsync(_falun.Decide(@case)).ResponseAsync);
        Assert.Equal("EXCEEDED", refused.Metadata["cause"]);

        service.Organisations.Sum(@case.Organisation, SumDeMinimisAidResponse.Types.Result.Incomplete);
        refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "AID_TABLE_ROW_MISSING", () => _falun.AsDecider.DecideCaseAsync(_falun.Decide(@case)).ResponseAsync);
        Assert.Equal("2025-01-01, 2026-02-01", refused.Metadata["days"]);

        Assert.Equal(@case, await _falun.AsOfficer.GetCaseAsync(new GetCaseRequest { Name = @case.Name }));
        service.Organisations.Sum(@case.Organisation, SumDeMinimisAidResponse.Types.Result.Within);
        Assert.Equal(State.Approved, (await _falun.AsDecider.DecideCaseAsync(_falun.Decide(@case))).State);
    }

    // law.md 2.2: premises count, so aid that is told smaller than what is given is asked about and never silently counted.
    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, "Förklara skillnaden")]
    public async Task Aid_that_is_told_smaller_than_what_is_given_in_money_and_kind_is_asked_about(int more, string? told)
    {
        var given = 0L;
        var assessed = await _falun.AssessedAsync(facts => given = (long)facts.Contributions.Where(contribution => contribution.PartyId != "famnen").Sum(contribution => contribution.Value.ToDecimal()));
        var @case = await _falun.LegallyAssessedAsync(assessed, assessment => (assessment.StateAidBasis, assessment.DeMinimisAmount) = (StateAidBasis.DeMinimis, Journey.Sek(given + more)));

        var finding = (await _falun.EvaluateAsync(@case)).LawFindings.SingleOrDefault(finding => finding.Code == "de-minimis-below-value");
        Assert.Equal(told is not null, finding?.Sentence.Sv.Contains(told ?? "", StringComparison.Ordinal) ?? false);
        var memo = await _falun.AsOfficer.GetDecisionMemoAsync(new GetDecisionMemoRequest { Name = $"{@case.Name}/decisionMemo" });
        Assert.Equal(told is not null, memo.ToString().Contains("Förklara skillnaden", StringComparison.Ordinal));
    }

    private async Task<Case> DeMinimisAsync(Action<Case>? change = null) => await _falun.LegallyAssessedAsync(
        await _falun.AssessedAsync(change),
        assessment => (assessment.StateAidBasis, assessment.DeMinimisAmount) = (StateAidBasis.DeMinimis, Journey.Sek(1_200_000)));

    private async Task<Case> SubmitAsync(Case @case) =>
        await _falun.AsOfficer.SubmitCaseAsync(new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag });
}
