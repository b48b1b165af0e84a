using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Contracts.Events.Agreements;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.V1;
using Iop.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using static Iop.Agreements.Tests.AgreementsFixture;
using Agreement = Iop.Agreements.V1.Agreement;

namespace Iop.Agreements.Tests;

/// <summary>A renewed assessment finds that a service of general economic interest is compensated: the text must entrust it. Source: law.md 2.2 (2012/21/EU).</summary>
[Collection(Running.Name)]
public sealed class EntrustmentTests(AgreementsFixture service)
{
    [Fact]
    public async Task A_text_that_is_open_gets_the_heading_and_is_approved_anew()
    {
        var (agreement, _) = await service.TextAgreedAsync();
        Assert.DoesNotContain(agreement.Sections, section => section.SectionId == "entrustment");

        await AssessAsync(service, agreement);
        agreement = await WithHeadingAsync(service, agreement);

        Assert.Equal((Agreement.Types.State.InNegotiation, 0), (agreement.State, agreement.Approvals.Count));
        var heading = agreement.Sections.Single(section => section.SectionId == "entrustment");
        Assert.Equal((V1.Section.Types.Mode.Required, "law-sgei-entrustment"), (heading.Mode, heading.RuleId));
        var found = (await service.Officer.CheckAgreementAsync(new CheckAgreementRequest { Name = agreement.Name })).Findings;
        Assert.Contains(found, finding => finding.RuleId == "law-sgei-entrustment" && finding.Severity == V1.Finding.Types.Severity.Blocking);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "SECTION_REQUIRED", () => service.Officer.UpdateSectionAsync(
            new UpdateSectionRequest { Name = agreement.Name, Section = new Section { SectionId = "entrustment", Skipped = true, SkipReason = "Nej.", Etag = heading.Etag } }).ResponseAsync);
    }

    [Fact]
    public async Task News_of_an_assessment_that_finds_none_or_that_is_heard_again_changes_nothing()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        var entrusted = await EntrustedAsync(service, agreement, organisation);

        await TellAsync(service, agreement, entrusted: true, sequence: 8);
        await TellAsync(service, agreement, entrusted: false, sequence: 9);

        // Each is heard before the one after it: what this says is heard last.
        await service.Services.GetRequiredService<IBus>().Publish(Announced(agreement));
        await Eventually.IsAsync(true, async () => (await service.Officer.CheckAgreementAsync(new CheckAgreementRequest { Name = agreement.Name })).Findings.Any(finding => finding.RuleId == "law-kl-13"));
        var read = await service.ReadAsync(agreement.Name);
        Assert.Equal((entrusted.TextHash, Agreement.Types.State.TextAgreed), (read.TextHash, read.State));
    }

    [Fact]
    public async Task Nothing_is_opened_for_signatures_without_the_heading()
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        service.Neighbours.Cases[agreement.Case].LegalAssessments.Add(new LegalAssessment { Kind = LegalAssessment.Types.Kind.Full, StateAidBasis = StateAidBasis.SgeiDecision });

        await Refused.ByAsync(StatusCode.FailedPrecondition, "ENTRUSTMENT_NOT_IN_TEXT", () => service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag }).ResponseAsync);

        agreement = await EntrustedAsync(service, agreement, organisation);
        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag });
        Assert.Equal(Agreement.Types.State.AwaitingSignatures, agreement.State);
    }

    [Fact]
    public async Task What_is_being_signed_stays_as_it_is_and_has_the_heading_when_it_is_next_written()
    {
        var (agreement, _) = await service.InSigningAsync();
        await AssessAsync(service, agreement);
        await service.Services.GetRequiredService<IBus>().Publish(Announced(agreement));
        await Eventually.IsAsync(true, async () => (await service.Officer.CheckAgreementAsync(new CheckAgreementRequest { Name = agreement.Name })).Findings.Any(finding => finding.RuleId == "law-kl-13"));
        var read = await service.ReadAsync(agreement.Name);
        Assert.Equal((agreement.TextHash, Agreement.Types.State.AwaitingSignatures), (read.TextHash, read.State));

        read = await service.Officer.WithdrawSigningAsync(new WithdrawSigningRequest { Name = read.Name, Etag = read.Etag, Reason = "Bedömningen är ny." });
        await Refused.ByAsync(StatusCode.FailedPrecondition, "ENTRUSTMENT_NOT_IN_TEXT", () => service.Officer.StartSigningAsync(new StartSigningRequest { Name = read.Name, Etag = read.Etag }).ResponseAsync);
        read = await service.WriteAsync(read, "activity", "En mötesplats fyra kvällar i veckan.");

        Assert.Contains((await service.ReadAsync(agreement.Name)).Sections, section => section.SectionId == "entrustment");
    }

    [Fact]
    public async Task What_is_in_force_stays_as_it_was_signed_and_the_next_version_has_the_heading_from_the_beginning()
    {
        var (agreement, organisation) = await service.ActiveAsync();
        var open = await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Fler kommer.", Etag = agreement.Etag });
        await AssessAsync(service, agreement);
        open = await WithHeadingAsync(service, open);
        var inForce = await service.ReadAsync(agreement.Name);
        Assert.Equal(agreement.TextHash, inForce.TextHash);

        await service.Officer.WithdrawAgreementAsync(new WithdrawAgreementRequest { Name = open.Name, PartyId = "arbete", Reason = "Vi börjar om.", Etag = open.Etag });
        inForce = await service.ReadAsync(agreement.Name);
        var draft = await service.Officer.AmendAgreementAsync(new AmendAgreementRequest { Name = agreement.Name, PartyId = "arbete", Reason = "Fler kommer.", Etag = inForce.Etag });
        Assert.Contains(draft.Sections, section => section.SectionId == "entrustment");

        draft = await service.WriteAsync(draft, "entrustment", "Tjänsten är skyddat boende.");
        await service.SignedAsync(draft, organisation);
        Assert.Equal([true], (await service.EventsAsync<AgreementAmended>(agreement)).Select(told => told.FollowUp.Entrusted));
    }

    /// <summary>The renewed assessment is heard of, the heading is written, and both approve.</summary>
    internal static async Task<Agreement> EntrustedAsync(AgreementsFixture service, Agreement agreement, string organisation)
    {
        await AssessAsync(service, agreement);
        agreement = await service.WriteAsync(await WithHeadingAsync(service, agreement), "entrustment", "Tjänsten är skyddat boende.");
        agreement = await ApproveAsync(service.Officer, agreement, "arbete");
        return await ApproveAsync(service.Representative(organisation), agreement, "forening");
    }

    private static CaseDecisionAnnounced Announced(Agreement agreement) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = "1285",
        Subject = agreement.Case,
        OccurredAt = TimeProvider.System.GetUtcNow(),
        Sequence = 10,
        AnnounceDate = new DateOnly(2027, 1, 15),
    };

    private static Task AssessAsync(AgreementsFixture service, Agreement agreement)
    {
        service.Neighbours.Cases[agreement.Case].LegalAssessments.Add(new LegalAssessment { Kind = LegalAssessment.Types.Kind.Full, StateAidBasis = StateAidBasis.SgeiDecision });
        return TellAsync(service, agreement, entrusted: true, sequence: 7);
    }

    private static Task TellAsync(AgreementsFixture service, Agreement agreement, bool entrusted, long sequence) => service.Services.GetRequiredService<IBus>().Publish(new CaseLegallyAssessed
    {
        EventId = Guid.CreateVersion7(),
        Municipality = "1285",
        Subject = agreement.Case,
        OccurredAt = TimeProvider.System.GetUtcNow(),
        Sequence = sequence,
        RestsOnEntrustment = entrusted,
    });

    private static Task<Agreement> WithHeadingAsync(AgreementsFixture service, Agreement agreement) => Eventually.SomethingAsync(async () =>
        await service.ReadAsync(agreement.Name) is var read && read.Sections.Any(section => section.SectionId == "entrustment") ? read : null);
}
