using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Agreements.Api;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;
using Kind = Iop.Agreements.V1.SigningEvent.Types.Kind;
using Result = Iop.Organisations.V1.SumDeMinimisAidResponse.Types.Result;
using StateAidBasis = Iop.Eligibility.V1.StateAidBasis;
using Tried = Iop.Agreements.V1.SignatureValidation.Types.Result;

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

    [Fact]
    public async Task A_signature_is_not_older_than_the_round_that_it_was_given_in()
    {
        var (agreement, _) = await service.TextAgreedAsync();
        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag, Provider = Other.Key });
        var opened = agreement.SigningRounds[0].OpenTime.ToDateTimeOffset();

        await Refused.ForFieldAsync("event.event_time", "DATE_ORDER", () => ToldAtAsync(opened.AddMinutes(-6)));
        Assert.Empty((await service.ReadAsync(agreement.Name)).Signatures);

        // Its clock may be a little behind.
        Assert.Equal(opened.AddMinutes(-4), Assert.Single((await ToldAtAsync(opened.AddMinutes(-4))).Signatures).SignTime.ToDateTimeOffset());

        Task<Agreement> ToldAtAsync(DateTimeOffset at) => TellAsync(agreement, Kind.SignatoryApproved, "arbete", Chair, told => told.EventTime = Timestamp.FromDateTimeOffset(at));
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

    // Who has signed there believes it done; whoever is told of the refusal must see whose move it is (law.md 2.2).
    [Fact]
    public async Task The_last_signature_that_would_give_aid_that_no_longer_fits_waits_for_room_and_for_the_officer_but_not_for_ever()
    {
        var (agreement, organisation) = await WithAidAsync();
        Says(organisation, Result.Exceeded);

        // What has been signed is signed: the aid is given by the last word, and not before.
        Assert.Single((await TellAsync(agreement, Kind.SignatoryApproved, "arbete", Chair)).Signatures);
        Assert.Equal(2, (await TellAsync(agreement, Kind.SignatoryApproved, "forening", Anna)).Signatures.Count);
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_EXCEEDED", () => TellAsync(agreement, Kind.SignatoryApproved, "forening", Bo));
        Assert.Equal(organisation, refused.Metadata["organisation"]);
        Assert.Contains("tar handläggaren tillbaka det", refused.Swedish, StringComparison.Ordinal);
        var waiting = await service.ReadAsync(agreement.Name);
        Assert.Equal((2, Agreement.Types.State.AwaitingSignatures, SigningRound.Types.Outcome.Unspecified), (waiting.Signatures.Count, waiting.State, waiting.SigningRounds[0].Outcome));

        await Refused.ByAsync(StatusCode.FailedPrecondition, "SIGNATURES_INCOMPLETE", () => TellAsync(agreement, Kind.CaseCompleted));
        var taken = await service.Officer.WithdrawSigningAsync(new WithdrawSigningRequest { Name = agreement.Name, Etag = waiting.Etag, Reason = "Stödet ryms inte." });
        Assert.Equal(Agreement.Types.State.TextAgreed, taken.State);
        Assert.Contains(agreement.SigningRounds[0].ProviderCase, Other.Closed);
        Assert.Equal(taken, await TellAsync(agreement, Kind.SignatoryApproved, "forening", Bo));
    }

    [Fact]
    public async Task The_same_last_word_told_again_once_there_is_room_makes_the_agreement_active()
    {
        var (agreement, organisation) = await WithAidAsync();
        Says(organisation, Result.Exceeded);
        await TellAsync(agreement, Kind.SignatoryApproved, "forening", Anna);
        await TellAsync(agreement, Kind.SignatoryApproved, "forening", Bo);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_EXCEEDED", () => TellAsync(agreement, Kind.SignatoryApproved, "arbete", Chair));

        Says(organisation, Result.Within);

        Assert.Equal(Agreement.Types.State.Active, (await TellAsync(agreement, Kind.SignatoryApproved, "arbete", Chair)).State);
    }

    [Fact]
    public async Task A_round_in_which_a_signature_was_refused_and_nobody_acts_ends_after_its_last_day()
    {
        var (agreement, organisation) = await WithAidAsync();
        Says(organisation, Result.Exceeded);
        await TellAsync(agreement, Kind.SignatoryApproved, "forening", Anna);
        await TellAsync(agreement, Kind.SignatoryApproved, "forening", Bo);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "DE_MINIMIS_EXCEEDED", () => TellAsync(agreement, Kind.SignatoryApproved, "arbete", Chair));

        await SigningWaysApiTests.MoveRoundAsync(service, agreement, reminder: TimeProvider.System.Today().AddDays(-9), expires: TimeProvider.System.Today().AddDays(-1));
        await service.Services.GetRequiredService<AgreementClock>().RunDueAsync(CancellationToken.None);

        var ended = await service.ReadAsync(agreement.Name);
        Assert.Equal((Agreement.Types.State.TextAgreed, SigningRound.Types.Outcome.Expired), (ended.State, ended.SigningRounds[0].Outcome));
        Assert.Single(await service.EventsAsync<SigningExpired>(agreement));
    }

    private async Task<(Agreement Agreement, string Organisation)> WithAidAsync()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        service.Neighbours.Cases[agreement.Case].LegalAssessments.Add(new LegalAssessment
        {
            Kind = LegalAssessment.Types.Kind.Full,
            StateAidBasis = StateAidBasis.DeMinimis,
            DeMinimisAmount = Sum(400_000),
        });
        return (await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag, Provider = Other.Key }), organisation);
    }

    private void Says(string organisation, Result result) => service.Neighbours.Aid[organisation] = new SumDeMinimisAidResponse { Result = result };

    internal static ReportSigningEventRequest Told(Agreement agreement, Kind kind, string party = "", string person = "") => new()
    {
        Name = agreement.Name,
        Provider = Other.Key,
        ProviderCase = agreement.SigningRounds[0].ProviderCase,
        Event = new SigningEvent
        {
            Kind = kind,
            PartyId = party,
            PersonRef = person,
            AssuranceLevel = "loa3",
            SignatureClass = Types.V1.SignatureClass.Advanced,
            Validation = Held(),
            TextHash = agreement.TextHash,
            EvidenceSha256 = Sha256,
            EventTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
        },
    };

    internal static SignatureValidation Held() => new() { Integrity = Tried.Passed, Certificate = Tried.Passed, Technique = Tried.Passed };

    private async Task<Agreement> TellAsync(Agreement agreement, Kind kind, string party = "", string person = "", Action<SigningEvent>? change = null)
    {
        var told = Told(agreement, kind, party, person);
        change?.Invoke(told.Event);
        return await service.Integration.ReportSigningEventAsync(told);
    }
}
