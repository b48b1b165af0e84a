using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;
using Kind = Iop.Agreements.V1.SigningEvent.Types.Kind;

namespace Iop.Agreements.Tests;

/// <summary>Signing with another service, which tells of what happens there.</summary>
[Collection(Running.Name)]
public sealed class SigningElsewhereApiTests(AgreementsFixture service)
{
    private static readonly string Sha256 = new('b', 64);

    [Fact]
    public async Task Another_signing_service_is_given_the_hash_and_tells_of_each_signature()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        await Refused.ForFieldAsync("provider", "SIGNING_PROVIDER_UNKNOWN", () => service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag, Provider = "ingen" }).ResponseAsync);
        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag, Provider = Other.Key });
        var given = Other.Cases[agreement.SigningRounds[0].ProviderCase];
        Assert.Equal((agreement.Name, agreement.TextHash, 3), (given.Agreement, given.TextHash, given.Invitations.Count));

        await Refused.ByAsync(StatusCode.FailedPrecondition, "SIGNED_ELSEWHERE", () => SignAsync(service.Representative(organisation), agreement, "forening"));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => service.Officer.ReportSigningEventAsync(Told(agreement, Kind.CaseCreated)).ResponseAsync);
        await TellAsync(agreement, Kind.CaseCreated);
        await TellAsync(agreement, Kind.CaseHalted);
        Assert.True((await service.ReadAsync(agreement.Name)).SigningRounds[0].Halted);
        await TellAsync(agreement, Kind.CaseReactivated);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "SIGNATURES_INCOMPLETE", () => TellAsync(agreement, Kind.CaseCompleted));
        await Refused.ForFieldAsync("event.evidence_sha256", "TEXT_HASH_INVALID", () => TellAsync(agreement, Kind.SignatoryApproved, "arbete", Chair, told => told.EvidenceSha256 = ""));
        await Refused.ByAsync(StatusCode.PermissionDenied, "ASSURANCE_LEVEL_TOO_LOW", () => TellAsync(agreement, Kind.SignatoryApproved, "arbete", Chair, told => told.AssuranceLevel = "loa2"));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "TEXT_HASH_MISMATCH", () => TellAsync(agreement, Kind.SignatoryApproved, "arbete", Chair, told => told.TextHash = Sha256));
        await TellAsync(agreement, Kind.SignatoryApproved, "arbete", Chair);
        var told = await TellAsync(agreement, Kind.SignatoryApproved, "forening", Anna);
        Assert.Equal(told, await TellAsync(agreement, Kind.SignatoryApproved, "forening", Anna));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "ALREADY_SIGNED", () => TellAsync(agreement, Kind.SignatoryApproved, "forening", Anna, again => again.EvidenceSha256 = new string('c', 64)));
        var active = await TellAsync(agreement, Kind.SignatoryApproved, "forening", Bo);

        Assert.Equal(Agreement.Types.State.Active, active.State);
        Assert.All(active.Signatures, signature => Assert.Equal((SignatureMethod.Provider, Other.Key, Sha256), (signature.Method, signature.Provider, signature.EvidenceSha256)));
        Assert.Equal(active, await TellAsync(agreement, Kind.CaseCompleted));
        Assert.Single(await service.EventsAsync<AgreementActivated>(agreement));
        var wrong = Told(agreement, Kind.CaseCompleted);
        wrong.ProviderCase = "case-other";
        await Refused.ByAsync(StatusCode.FailedPrecondition, "SIGNING_CASE_UNKNOWN", () => service.Integration.ReportSigningEventAsync(wrong).ResponseAsync);
    }

    [Theory]
    [InlineData(Kind.SignatoryDeclined, Agreement.Types.State.InNegotiation, SigningRound.Types.Outcome.Declined)]
    [InlineData(Kind.CaseWithdrawn, Agreement.Types.State.TextAgreed, SigningRound.Types.Outcome.Withdrawn)]
    [InlineData(Kind.CaseExpired, Agreement.Types.State.TextAgreed, SigningRound.Types.Outcome.Expired)]
    public async Task What_ends_a_round_at_the_other_service_ends_it_here(Kind kind, Agreement.Types.State state, SigningRound.Types.Outcome outcome)
    {
        var (agreement, _) = await service.TextAgreedAsync();
        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag, Provider = Other.Key });

        var ended = await TellAsync(agreement, kind, "forening", Anna, told => told.Reason = "Vi vill ändra.");

        Assert.Equal((state, outcome), (ended.State, ended.SigningRounds[0].Outcome));
        Assert.Equal(ended, await TellAsync(agreement, Kind.CaseHalted));
    }

    [Fact]
    public async Task A_round_that_is_taken_back_here_is_closed_at_the_other_service()
    {
        var (agreement, _) = await service.TextAgreedAsync();
        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag, Provider = Other.Key });

        await service.Officer.WithdrawSigningAsync(new WithdrawSigningRequest { Name = agreement.Name, Etag = agreement.Etag, Reason = "Fel namn." });

        Assert.Contains(agreement.SigningRounds[0].ProviderCase, Other.Closed);
    }

    private static ReportSigningEventRequest Told(Agreement agreement, Kind kind, string party = "", string person = "") => new()
    {
        Parent = agreement.Name,
        Provider = Other.Key,
        ProviderCase = agreement.SigningRounds[0].ProviderCase,
        Event = new SigningEvent
        {
            Kind = kind,
            PartyId = party,
            PersonRef = person,
            AssuranceLevel = "loa3",
            TextHash = agreement.TextHash,
            EvidenceSha256 = Sha256,
            EventTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
        },
    };

    private async Task<Agreement> TellAsync(Agreement agreement, Kind kind, string party = "", string person = "", Action<SigningEvent>? change = null)
    {
        var told = Told(agreement, kind, party, person);
        change?.Invoke(told.Event);
        return await service.Integration.ReportSigningEventAsync(told);
    }
}
