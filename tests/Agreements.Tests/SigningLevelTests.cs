using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>How surely one who signs is identified is said by the type of document, where the guideline says so. Source: law.md 2.9.</summary>
[Collection(Running.Name)]
public sealed class SigningLevelTests(AgreementsFixture service)
{
    [Fact]
    public async Task Each_type_of_document_has_its_own_level_and_what_is_not_named_the_usual_one()
    {
        var (agreement, organisation) = await service.InSigningAsync(pack: LevelsPack);
        var refused = await Refused.ByAsync(StatusCode.PermissionDenied, "ASSURANCE_LEVEL_TOO_LOW", () => SignAsync(service.Representative(organisation, Anna, "loa2"), agreement, "forening"));
        Assert.Equal("loa3", refused.Metadata["required"]);
        agreement = await SignedAsync(agreement, organisation, "loa3");
        Assert.Equal(Agreement.Types.State.Active, agreement.State);

        var draft = await AgreedAsync(await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Fler behöver oss.", Etag = agreement.Etag }), organisation);
        await Refused.ByAsync(StatusCode.PermissionDenied, "ASSURANCE_LEVEL_TOO_LOW", () => SignAsync(service.Representative(organisation, Anna, "loa1"), draft, "forening"));
        Assert.Equal(Agreement.Types.State.Adopted, (await SignedAsync(draft, organisation, "loa2")).State);
    }

    [Fact]
    public async Task To_end_the_agreement_asks_for_a_level_where_the_guideline_names_one_and_for_none_otherwise()
    {
        var (agreement, organisation) = await service.ActiveAsync(
            asked => asked.Ending = new EndingTerms { Notices = { new NoticeTerms { PartyId = "forening", Months = 3 } }, RescissionGrounds = { "Avtalsbrott" } }, LevelsPack);
        var (unsure, sure) = (service.Representative(organisation, Anna, "loa2"), service.Representative(organisation));

        await TooLowAsync(() => unsure.GiveNoticeAsync(new GiveNoticeRequest { Name = agreement.Name, PartyId = "forening", Reason = "Vi slutar.", Etag = agreement.Etag }));
        await TooLowAsync(() => unsure.TerminateAgreementAsync(new TerminateAgreementRequest { Name = agreement.Name, PartyId = "forening", Reason = "Vi slutar.", Etag = agreement.Etag }));
        await TooLowAsync(() => unsure.RescindAgreementAsync(new RescindAgreementRequest { Name = agreement.Name, PartyId = "forening", GroundNumber = 1, Reason = "Vi slutar.", Etag = agreement.Etag }));
        Assert.Empty((await service.ReadAsync(agreement.Name)).Endings);

        // What does not end it asks for nothing more.
        agreement = await unsure.SuspendAgreementAsync(new SuspendAgreementRequest { Name = agreement.Name, PartyId = "forening", Reason = "Vi väntar.", Etag = agreement.Etag });
        agreement = await unsure.DeclineJointProposalAsync(new DeclineJointProposalRequest { Name = agreement.Name, PartyId = "forening", Reason = "Nej.", Etag = agreement.Etag });
        Assert.Single((await sure.GiveNoticeAsync(new GiveNoticeRequest { Name = agreement.Name, PartyId = "forening", Reason = "Vi slutar.", Etag = agreement.Etag })).Endings);

        static Task TooLowAsync(Func<AsyncUnaryCall<Agreement>> call) => Refused.ByAsync(StatusCode.PermissionDenied, "ASSURANCE_LEVEL_TOO_LOW", async () => await call());
    }

    [Fact]
    public async Task A_guideline_that_names_no_level_for_the_end_lets_any_party_end_it_as_before()
    {
        var (agreement, organisation) = await service.ActiveAsync(asked => asked.Ending = new EndingTerms { Notices = { new NoticeTerms { PartyId = "forening", Months = 3 } } });

        var ended = await service.Representative(organisation, Anna, "loa2").GiveNoticeAsync(new GiveNoticeRequest { Name = agreement.Name, PartyId = "forening", Reason = "Vi slutar.", Etag = agreement.Etag });

        Assert.Single(ended.Endings);
    }

    private async Task<Agreement> AgreedAsync(Agreement draft, string organisation)
    {
        draft = await service.Officer.ShareAgreementAsync(new ShareAgreementRequest { Name = draft.Name, Etag = draft.Etag, OfficialDocumentAcknowledged = true });
        draft = await ApproveAsync(service.Officer, draft, "arbete");
        draft = await ApproveAsync(service.Representative(organisation), draft, "forening");
        return await service.Officer.StartSigningAsync(new StartSigningRequest { Name = draft.Name, Etag = draft.Etag });
    }

    private async Task<Agreement> SignedAsync(Agreement agreement, string organisation, string level)
    {
        agreement = await SignAsync(service.ChairPerson, agreement, "arbete");
        agreement = await SignAsync(service.Representative(organisation, Anna, level), agreement, "forening");
        return await SignAsync(service.Representative(organisation, Bo, level), agreement, "forening");
    }
}
