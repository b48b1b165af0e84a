using Grpc.Core;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Case = Iop.Eligibility.V1.Case;
using DocumentRequest = Iop.Eligibility.V1.DocumentRequest;
using State = Iop.Eligibility.V1.Case.Types.State;

namespace Iop.Eligibility.Tests.Service;

/// <summary>Who is partial in a case takes no part in it. Source: law.md 2.3 (kommunallagen 6 kap. 28 §).</summary>
[Collection(nameof(Eligibility))]
public sealed class ImpartialityTests(EligibilityFixture service)
{
    private readonly Journey _falun = new(service, EligibilityFixture.Falun);

    [Fact]
    public async Task One_who_is_recused_neither_assesses_nor_decides()
    {
        var @case = await DeclareAsync(await _falun.AnsweredAsync(await _falun.InDialogueAsync()), Journey.Officer, ConflictKind.Position, recused: true);

        await RecusedAsync(() => _falun.CompleteAsync(@case));
        await RecusedAsync(() => _falun.AnsweredAsync(@case));
        @case = await DeclareAsync(@case, Journey.Officer, ConflictKind.None, recused: false, "Uppdraget avslutades före ärendet", Second);
        Assert.Single(@case.ConflictsOfInterest);
        @case = await DeclareAsync(await _falun.CompleteAsync(@case), Journey.Lawyer, ConflictKind.Financial, recused: true);
        await RecusedAsync(() => _falun.LegallyAssessedAsync(@case));
        @case = await DeclareAsync(@case, Journey.Lawyer, ConflictKind.Engagement, recused: false, "Bara medlem");
        @case = await DeclareAsync(await _falun.LegallyAssessedAsync(@case), Journey.Decider, ConflictKind.CloseRelation, recused: true);
        @case = await _falun.AsOfficer.SubmitCaseAsync(new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag });
        await RecusedAsync(() => _falun.AsDecider.DecideCaseAsync(_falun.Decide(@case)).ResponseAsync);
        var other = service.Cases(EligibilityFixture.Falun, Roles.DecisionMaker, "decider-2");
        Assert.Equal(State.Approved, (await other.DecideCaseAsync(_falun.Decide(@case))).State);
    }

    [Fact]
    public async Task Nobody_who_is_recused_lifts_a_recusal_and_who_does_says_why()
    {
        var @case = await DeclareAsync(await _falun.InDialogueAsync(), "", ConflictKind.Position, recused: true);
        @case = await DeclareAsync(@case, Journey.Lawyer, ConflictKind.Financial, recused: true, by: Second);

        await RecusedAsync(() => DeclareAsync(@case, "", ConflictKind.None, recused: false, "Det var ett misstag"));
        await RecusedAsync(() => DeclareAsync(@case, Journey.Lawyer, ConflictKind.None, recused: false, "En tjänst för en tjänst"));
        await Refused.ForFieldAsync("conflict.note", "FIELD_REQUIRED", () => DeclareAsync(@case, Journey.Officer, ConflictKind.None, recused: false, by: Second));

        @case = await DeclareAsync(@case, Journey.Officer, ConflictKind.None, recused: false, "Prövat av enhetschefen", Second);
        Assert.Equal([false, true], @case.ConflictsOfInterest.OrderBy(conflict => conflict.Recused).Select(conflict => conflict.Recused));
        Assert.Equal("officer-2", @case.ConflictsOfInterest.Single(conflict => !conflict.Recused).DeclaredBy);
    }

    [Fact]
    public async Task One_who_is_recused_takes_no_part_at_all_and_the_organisation_always_does()
    {
        var draft = await _falun.InDialogueAsync();
        var @case = await DeclareAsync(await DeclareAsync(draft, "", ConflictKind.Position, recused: true), "chair-6", ConflictKind.Position, recused: true, by: Second);
        var (name, etag) = (@case.Name, @case.Etag);

        await RecusedAsync(() => _falun.AsOfficer.UpdateCaseAsync(new UpdateCaseRequest { Case = new Case { Name = name, Etag = etag, Need = "Vinklat" } }).ResponseAsync);
        await RecusedAsync(() => _falun.AsOfficer.RecordDialogueAsync(new RecordDialogueRequest { Name = name, Etag = etag, Entry = draft.DialogueEntries[0] }).ResponseAsync);
        await RecusedAsync(() => _falun.AsOfficer.PauseCaseAsync(new PauseCaseRequest { Name = name, Etag = etag, Reason = "Vänta" }).ResponseAsync);
        await RecusedAsync(() => _falun.AsOfficer.RequestDocumentsAsync(
            new RequestDocumentsRequest { Name = name, Etag = etag, DocumentRequest = new DocumentRequest { Kinds = { DocumentKind.Statutes }, RequestDate = Journey.Today, DueDate = Journey.Today } }).ResponseAsync);
        await RecusedAsync(() => _falun.AsOfficer.WithdrawCaseAsync(new WithdrawCaseRequest { Name = name, Etag = etag, Reason = "Bort" }).ResponseAsync);

        var chair = service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-6", @case.Organisation);
        Assert.Equal(State.Withdrawn, (await chair.WithdrawCaseAsync(new WithdrawCaseRequest { Name = name, Etag = etag, Reason = "Vi väntar" })).State);
    }

    [Fact]
    public async Task Conflicts_are_for_the_municipality_and_its_auditor_alone()
    {
        var @case = await DeclareAsync(await _falun.DraftAsync(), "", ConflictKind.Engagement, recused: false);
        Assert.Equal((Journey.Officer, Journey.Officer), (@case.ConflictsOfInterest[0].PersonRef, @case.ConflictsOfInterest[0].DeclaredBy));

        var get = new GetCaseRequest { Name = @case.Name };
        var chair = service.Cases(EligibilityFixture.Falun, Roles.OrganisationRepresentative, "chair-9", @case.Organisation);
        Assert.Empty((await chair.GetCaseAsync(get)).ConflictsOfInterest);
        Assert.Empty((await chair.ListCasesAsync(new ListCasesRequest { Parent = _falun.Parent })).Cases.SelectMany(seen => seen.ConflictsOfInterest));
        Assert.Empty((await chair.ListCaseRevisionsAsync(new ListCaseRevisionsRequest { Parent = @case.Name })).CaseRevisions.SelectMany(revision => revision.Snapshot.ConflictsOfInterest));
        Assert.Empty((await service.Cases(EligibilityFixture.Falun, Roles.Integration).GetCaseAsync(get)).ConflictsOfInterest);
        Assert.Single((await service.Cases(EligibilityFixture.Falun, Roles.Auditor).GetCaseAsync(get)).ConflictsOfInterest);
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => chair.DeclareConflictOfInterestAsync(
            new DeclareConflictOfInterestRequest { Name = @case.Name, Etag = @case.Etag, Conflict = new ConflictOfInterest { Kind = ConflictKind.None } }).ResponseAsync);
        await Refused.ForFieldAsync("conflict.recused", "FIELD_NOT_ALLOWED", () => DeclareAsync(@case, "", ConflictKind.None, recused: true));
    }

    private CasesService.CasesServiceClient Second => service.Cases(EligibilityFixture.Falun, Roles.CaseOfficer, "officer-2");

    private async Task<Case> DeclareAsync(Case @case, string person, ConflictKind kind, bool recused, string note = "", CasesService.CasesServiceClient? by = null) =>
        await (by ?? _falun.AsOfficer).DeclareConflictOfInterestAsync(new DeclareConflictOfInterestRequest
        {
            Name = @case.Name,
            Etag = @case.Etag,
            Conflict = new ConflictOfInterest { PersonRef = person, Kind = kind, Recused = recused, Note = note },
        });

    private static Task<Refused> RecusedAsync(Func<Task> call) => Refused.ByAsync(StatusCode.FailedPrecondition, "PERSON_RECUSED", call);
}
