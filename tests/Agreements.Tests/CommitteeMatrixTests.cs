using Iop.Agreements.V1;
using Iop.Platform.Identity;
using Iop.Testing;

namespace Iop.Agreements.Tests;

/// <summary>Every call, tried by those of other committees. Source: law.md 2.3.</summary>
[Collection(Running.Name)]
public sealed class CommitteeMatrixTests(AgreementsFixture service)
{
    private static readonly AccessMatrix Matrix = AccessMatrix.Read(
        AccessMatrixTests.Table, AgreementsService.Descriptor, AgreementDocumentsService.Descriptor, AgreementImportService.Descriptor, StateAidService.Descriptor, JointAgreementsService.Descriptor,
        DisclosuresService.Descriptor);

    // These name no agreement that exists, or are lists.
    private static readonly string[] OfNoAgreement =
    [
        "AgreementsService/ListAgreements", "AgreementsService/CreateAgreement", "StateAidService/ListStateAidReports", "AgreementImportService/ImportAgreement",
        "JointAgreementsService/GetAgreementShare", "JointAgreementsService/ListAgreementShares", "JointAgreementsService/JoinAgreement",
        "JointAgreementsService/DeclineInvitation", "JointAgreementsService/LeaveAgreement",
    ];

    private static AccessWorld? world;

    public static TheoryData<string> Rpcs => [.. Matrix.Rpcs.Except(OfNoAgreement)];

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task An_agreement_that_is_kept_to_its_committees_is_refused_to_others_whatever_they_ask_of_it(string rpc)
    {
        var kept = world ??= await new CommitteeApiTests(service).WorldAsync();
        AccessWorld Of(params string[] committees) => kept with { As = (municipality, role, organisations) => service.AsOf(municipality, role, committees, $"matrix-{role}", organisations: organisations) };
        var outside = (string role) => role is not (Roles.OrganisationRepresentative or Roles.Auditor);

        Assert.Empty(await Matrix.TryDeniedAsync(rpc, Of(CommitteeApiTests.Culture), "COMMITTEE_NOT_ALLOWED", outside));
        Assert.Empty(await Matrix.TryDeniedAsync(rpc, Of(), "COMMITTEE_NOT_ALLOWED", role => role == Roles.DecisionMaker));
        if (rpc != "AgreementsService/RecordTextDecision")
        {
            Assert.Empty(await Matrix.TryDeniedAsync(rpc, Of(CommitteeApiTests.Board), "COMMITTEE_NOT_ALLOWED", _ => false));
        }
    }
}
