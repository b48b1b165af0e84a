using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.JointFixture;

namespace Iop.Agreements.Tests;

/// <summary>Each committee is an authority of its own, in a municipality that has joined as in the one that leads. Source: law.md 2.3.</summary>
[Collection(RunningJointly.Name)]
public sealed class JointCommitteeTests(JointFixture service)
{
    private const string Own = "socialnamnden";
    private const string Other = "kulturnamnden";

    [Fact]
    public async Task What_a_municipality_has_joined_is_kept_to_the_committees_of_its_own_case()
    {
        var (agreement, share, _) = await service.JoinedAsync(changeCase: KeptTo(Own));
        var (own, other) = (By(Own), By(Other));

        var read = await ReadAsync(own, share.Agreement);
        Assert.Equal((Own, true), (read.Committees.Responsible, read.Committees.Only));
        Assert.Equal(Own, share.Committees.Responsible);
        Assert.Null((await ReadAsync(service.Officer(Lead), agreement.Name)).Committees);

        await DeniedAsync(() => ReadAsync(other, share.Agreement));
        await DeniedAsync(() => WriteAsync(other, read, "activity", "Nytt."));
        await DeniedAsync(() => other.ListCommentsAsync(new ListCommentsRequest { Parent = share.Agreement }).ResponseAsync);
        await DeniedAsync(() => JointLifeTests.ExportAsync(other, ExportFormat.GrantsJson, Of(Neighbour), share.Agreement));
        DisclosuresService.DisclosuresServiceClient disclosures = new(service.AsOf(Neighbour, Roles.CaseOfficer, [Other]));
        await DeniedAsync(() => disclosures.ListDisclosuresAsync(new ListDisclosuresRequest { Parent = share.Agreement }).ResponseAsync);
        JointAgreementsService.JointAgreementsServiceClient joint = new(service.AsOf(Neighbour, Roles.CaseOfficer, [Other]));
        await DeniedAsync(() => joint.GetAgreementShareAsync(new GetAgreementShareRequest { Name = share.Name }).ResponseAsync);
        await DeniedAsync(() => joint.LeaveAgreementAsync(new LeaveAgreementRequest { Name = share.Name, Reason = "Nej.", Etag = share.Etag }).ResponseAsync);
        Assert.DoesNotContain((await joint.ListAgreementSharesAsync(new ListAgreementSharesRequest { Parent = Of(Neighbour), PageSize = 200 })).AgreementShares, found => found.Name == share.Name);
        Assert.DoesNotContain(await ListedAsync(other), found => found.Name == share.Agreement);
        Assert.Contains(await ListedAsync(own), found => found.Name == share.Agreement);
        var all = System.Text.Encoding.UTF8.GetString(await JointLifeTests.ExportAsync(other, ExportFormat.GrantsJson, Of(Neighbour), ""));
        Assert.DoesNotContain(share.Agreement[^36..], all, StringComparison.Ordinal);

        // The auditor sees what the municipality has, and the lead's people are kept out by the lead's committees alone.
        Assert.Equal(share.Agreement, (await ReadAsync(new(service.AsOf(Neighbour, Roles.Auditor, [])), share.Agreement)).Name);
        Assert.Equal(agreement.Name, (await ReadAsync(new(service.AsOf(Lead, Roles.CaseOfficer, [Other])), agreement.Name)).Name);
    }

    [Fact]
    public async Task A_case_that_is_taken_over_takes_what_it_has_joined_with_it()
    {
        var (agreement, share, _) = await service.JoinedAsync(changeCase: KeptTo(Own));

        await AssignAsync(share.Case, Other, sequence: 7);
        await Eventually.IsAsync(Other, () => ResponsibleAsync(share));
        Assert.Equal(share.Agreement, (await ReadAsync(By(Other), share.Agreement)).Name);
        await DeniedAsync(() => ReadAsync(By(Own), share.Agreement));

        // Old news changes nothing. That it has been heard shows in what is told after it.
        await AssignAsync(share.Case, Own, sequence: 6);
        await AssignAsync(share.Case, "byggnadsnamnden", sequence: 8);
        await Eventually.IsAsync("byggnadsnamnden", () => ResponsibleAsync(share));
        await DeniedAsync(() => ReadAsync(By(Own), share.Agreement));

        // Who follows it up there is told of each change, and the lead's follow-up of none.
        await Eventually.IsAsync([(7, Other), (8, "byggnadsnamnden")], () => Task.FromResult<(long, string)[]>([.. ToldOf(share.Agreement)]));
        Assert.Empty(ToldOf(agreement.Name));
    }

    [Fact]
    public async Task Who_follows_up_in_a_municipality_that_has_joined_is_told_of_the_committees_of_its_own_case()
    {
        var (agreement, share, _) = await service.ActiveAsync(changeCase: found => found.Committees = new CaseCommittees { Responsible = Own, Concerned = { Other } });

        var told = (await service.Ear.HeardAsync<AgreementActivated>(share.Agreement)).Committees;
        Assert.Equal((Own, Other, false), (told?.Responsible, told?.Concerned.Single(), told?.Only));
        Assert.Null((await service.Ear.HeardAsync<AgreementActivated>(agreement.Name)).Committees);
    }

    [Fact]
    public async Task The_committee_that_answers_for_the_case_at_home_decides_on_the_text_for_its_municipality()
    {
        var (agreement, share, organisation) = await service.JoinedAsync(
            asked => Without(asked, OtherParty), Third, ThirdParty, found => found.Committees = new CaseCommittees { Responsible = Own, Concerned = { Other } });
        agreement = await AgreementsFixture.ApproveAsync(service.Officer(Lead), agreement, "arbete");
        agreement = await AgreementsFixture.ApproveAsync(service.Representative(organisation), agreement, "forening");
        var theirs = await AgreementsFixture.ApproveAsync(service.Officer(Third), await ReadAsync(service.Officer(Third), share.Agreement), ThirdParty);
        Assert.Equal(Agreement.Types.State.AwaitingDecision, theirs.State);

        var refused = await Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_RESPONSIBLE", () => DecideAsync(Other));
        Assert.Equal(Own, refused.Metadata["committee"]);
        Assert.Equal(Agreement.Types.State.TextAgreed, (await DecideAsync(Own)).State);

        Task<Agreement> DecideAsync(string committee) => new AgreementsService.AgreementsServiceClient(service.AsOf(Third, Roles.DecisionMaker, [committee])).RecordTextDecisionAsync(new RecordTextDecisionRequest
        {
            Name = share.Agreement,
            Decision = new Iop.Agreements.V1.TextDecision
            {
                Outcome = Iop.Agreements.V1.TextDecision.Types.Outcome.Approved,
                Body = "Nämnden",
                BodyKind = Iop.Agreements.V1.TextDecision.Types.BodyKind.Committee,
                Date = TimeProvider.System.Today().ToProto(),
                ReferenceNumber = "2026-7",
            },
            Etag = theirs.Etag,
        }).ResponseAsync;
    }

    private IEnumerable<(long Sequence, string Committee)> ToldOf(string agreement) =>
        service.Ear.Of(agreement).OfType<AgreementCommitteesChanged>().Select(change => (change.Sequence, change.Committees.Responsible));

    private static Action<Case> KeptTo(string committee) => found => found.Committees = new CaseCommittees { Responsible = committee, Only = true };

    private static Task<Refused> DeniedAsync(Func<Task> act) => Refused.ByAsync(StatusCode.PermissionDenied, "COMMITTEE_NOT_ALLOWED", act);

    private AgreementsService.AgreementsServiceClient By(string committee) => new(service.AsOf(Neighbour, Roles.CaseOfficer, [committee]));

    private async Task<string> ResponsibleAsync(AgreementShare share) => (await ReadAsync(new(service.AsOf(Neighbour, Roles.Auditor, [])), share.Agreement)).Committees.Responsible;

    private static async Task<IReadOnlyList<Agreement>> ListedAsync(AgreementsService.AgreementsServiceClient by) =>
        (await by.ListAgreementsAsync(new ListAgreementsRequest { Parent = Of(Neighbour), PageSize = 200 })).Agreements;

    private Task AssignAsync(string caseName, string committee, long sequence) => service.Services.GetRequiredService<IBus>().Publish(new CaseCommitteesAssigned
    {
        EventId = Guid.CreateVersion7(),
        Municipality = Neighbour,
        Subject = caseName,
        OccurredAt = TimeProvider.System.GetUtcNow(),
        Sequence = sequence,
        Responsible = committee,
        Only = true,
    });
}
