using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.DevIssuer;
using Iop.Eligibility.V1;
using Iop.FollowUp.V1;
using Iop.Journey;
using Iop.Testing;

namespace Iop.EndToEnd;

/// <summary>Wrong order, wrong role, wrong party, wrong tenant: refused with a clear error, and nothing changed.</summary>
[Collection(SharedSuite.Name)]
public sealed class RefusalTests(Suite suite)
{
    [Fact]
    public async Task A_case_refuses_what_comes_in_the_wrong_order_or_from_the_wrong_person()
    {
        var stage = await suite.StageAsync("1285", Told.Of("1285"));
        var @case = await stage.PreparedAsync();
        var stranger = stage.People.Representative("ordforande", $"{stage.Parent}/organisations/en-annan");
        var neighbour = new People(suite.Channels, suite.Issuer, "1283").Officer;

        await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_STATE_NOT_ALLOWED", () => new DecideOnCase(stage).SubmitAsync(@case, Suite.Deadline()));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", async () => await stage.People.Officer.Cases.RecordLegalAssessmentAsync(
            new RecordLegalAssessmentRequest { Name = @case.Name, Etag = @case.Etag, LegalAssessment = stage.Story.LegalAssessment }));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", async () => await stage.Representative(@case.Organisation).Cases.AnswerCriteriaAsync(
            new AnswerCriteriaRequest { Name = @case.Name, Etag = @case.Etag, Answers = { stage.Story.Answers[0] } }));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", async () => await stranger.Cases.WithdrawCaseAsync(
            new WithdrawCaseRequest { Name = @case.Name, Etag = @case.Etag, Reason = "Inte min sak." }));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", async () => await stranger.Cases.GetCaseAsync(new GetCaseRequest { Name = @case.Name }));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", async () => await neighbour.Cases.GetCaseAsync(new GetCaseRequest { Name = @case.Name }));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", async () => await neighbour.Cases.SubmitCaseAsync(
            new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag }));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", async () => await stage.People.Officer.Cases.SubmitCaseAsync(
            new SubmitCaseRequest { Name = @case.Name, Etag = "\"1\"" }));

        Assert.Equal(@case, await stage.ReadAsync(@case));
    }

    [Fact]
    public async Task An_agreement_refuses_what_comes_in_the_wrong_order_or_from_the_wrong_person()
    {
        var stage = await suite.StageAsync("1283", Told.Of("1283"));
        var agreement = await new NegotiateAgreement(stage).WriteAsync(await stage.DecidedAsync(), Suite.Deadline());
        var ours = stage.Representative(agreement.Parties[0].Organisation).Agreements;
        var stranger = stage.People.Representative("ordforande", $"{stage.Parent}/organisations/en-annan").Agreements;
        var neighbour = new People(suite.Channels, suite.Issuer, "1285").Officer.Agreements;
        var approval = new ApproveTextRequest { Name = agreement.Name, PartyId = "arbetsmarknad", TextHash = agreement.TextHash, Etag = agreement.Etag };

        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => new SignAgreement(stage).OpenAsync(agreement, Suite.Deadline()));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", async () => await stage.People.Lawyer.Agreements.ApproveTextAsync(approval));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", async () => await ours.ApproveTextAsync(approval));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", async () => await stranger.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name }));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", async () => await neighbour.ApproveTextAsync(approval));
        var other = approval.Clone();
        other.TextHash = new string('0', 64);
        await Refused.ByAsync(StatusCode.FailedPrecondition, "TEXT_HASH_MISMATCH", async () => await stage.People.Officer.Agreements.ApproveTextAsync(other));

        var after = await stage.People.Officer.Agreements.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name });
        Assert.Equal((agreement.Etag, agreement.State, agreement.TextHash), (after.Etag, after.State, after.TextHash));
    }

    // he-budget-plan, he-reasonable-compensation
    [Fact]
    public async Task A_text_without_what_the_guideline_demands_of_the_money_is_not_approved()
    {
        var stage = await suite.StageAsync("1283", Told.Of("1283"));
        var negotiation = new NegotiateAgreement(stage);
        var agreement = await negotiation.WriteAsync(await stage.DecidedAsync(), Suite.Deadline());
        var economy = agreement.Economy.Clone();

        foreach (var (rule, without) in new[]
        {
            ("he-budget-plan", new EconomyTerms(economy) { BudgetPlan = "" }),
            ("he-reasonable-compensation", new EconomyTerms(economy) { CompensationBasis = "" }),
        })
        {
            var changed = await ChangeAsync(without);
            var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_CHECK_FAILED", () => negotiation.ApproveForAsync(changed.Parties[0], changed, Suite.Deadline()));
            Assert.Equal(rule, refused.Metadata["rules"]);
        }

        agreement = await negotiation.ApproveAsync(await ChangeAsync(economy), Suite.Deadline());
        Assert.Equal(Agreement.Types.State.TextAgreed, agreement.State);

        async Task<Agreement> ChangeAsync(EconomyTerms terms)
        {
            var current = await stage.People.Officer.Agreements.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name });
            var request = new UpdateAgreementRequest
            {
                Agreement = new Agreement { Name = current.Name, Etag = current.Etag, Economy = terms },
                UpdateMask = new FieldMask { Paths = { "economy" } },
                RequestId = Stage.NewRequestId(),
            };
            return await stage.People.Officer.Agreements.UpdateAgreementAsync(request);
        }
    }

    [Fact]
    public async Task An_edit_voids_every_approval_whichever_side_makes_it()
    {
        var stage = await suite.StageAsync("1283", Told.Of("1283"));
        var negotiation = new NegotiateAgreement(stage);
        var agreed = await negotiation.RunAsync(await stage.DecidedAsync(), Suite.Deadline());
        Assert.Equal((Agreement.Types.State.TextAgreed, agreed.Parties.Count), (agreed.State, agreed.Approvals.Count));
        var section = agreed.Sections.First(section => section.Key == "activity");

        var edited = await stage.Representative(agreed.Parties[0].Organisation).Agreements.UpdateSectionAsync(new UpdateSectionRequest
        {
            Name = agreed.Name,
            Section = new Section { SectionId = section.SectionId, Etag = section.Etag, Text = $"{section.Text} Ungdomarna väljer själva vilken båt de vill bygga." },
            RequestId = Stage.NewRequestId(),
        });

        Assert.Equal(Agreement.Types.State.InNegotiation, edited.State);
        Assert.Empty(edited.Approvals);
        Assert.NotEqual(agreed.TextHash, edited.TextHash);
        var again = await negotiation.ApproveAsync(edited, Suite.Deadline());
        Assert.Equal(Agreement.Types.State.Active, (await new SignAgreement(stage).RunAsync(again, Suite.Deadline())).State);
    }

    [Fact]
    public async Task A_plan_refuses_what_comes_in_the_wrong_order_or_from_the_wrong_person()
    {
        var story = Told.Of("2080");
        var plan = new GetPlanRequest { Name = (await suite.PlayAsync("2080", story)).Plan };
        var stage = await suite.StageAsync("2080", story);
        var officer = stage.People.Officer.FollowUp;
        var stranger = stage.People.Representative("ordforande", $"{stage.Parent}/organisations/en-annan").FollowUp;
        var neighbour = new People(suite.Channels, suite.Issuer, "1285").Officer.FollowUp;
        var before = await officer.GetPlanAsync(plan);
        var held = (await officer.ListCheckInsAsync(new ListCheckInsRequest { Parent = plan.Name })).CheckIns.First(checkIn => checkIn.State == CheckIn.Types.State.Held);
        var again = new RecordCheckInRequest
        {
            Name = held.Name,
            HeldDate = held.HeldDate,
            Participants = { held.Participants },
            Etag = held.Etag,
            RequestId = Stage.NewRequestId(),
        };

        await Refused.ByAsync(StatusCode.FailedPrecondition, "CHECK_IN_STATE_NOT_ALLOWED", async () => await officer.RecordCheckInAsync(again));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", async () => await stage.People.Lawyer.FollowUp.RecordCheckInAsync(again));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", async () => await stranger.RecordCheckInAsync(again));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", async () => await stranger.GetPlanAsync(plan));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", async () => await neighbour.RecordCheckInAsync(again));

        Assert.Equal(before, await officer.GetPlanAsync(plan));
        Assert.Equal(held, await officer.GetCheckInAsync(new GetCheckInRequest { Name = held.Name }));
    }

    [Fact]
    public async Task A_person_who_signs_for_nobody_cannot_sign()
    {
        var stage = await suite.StageAsync("1285", Told.Of("1285"));
        var awaiting = await BrokerTests.AwaitingLastSignatureAsync(stage);
        var last = SignAgreement.Next(awaiting)!;
        var organisation = awaiting.Parties.First(party => party.Organisation.Length > 0).Organisation;
        var request = new SignAgreementRequest { Name = awaiting.Name, PartyId = last.PartyId, TextHash = awaiting.TextHash, Etag = awaiting.Etag };

        await Refused.ByAsync(StatusCode.PermissionDenied, "SIGNATORY_NOT_AUTHORISED", async () => await
            (last.PartyId == "organisationen" ? stage.People.Representative("nagon-annan", organisation) : stage.People.PublicSignatory("nagon-annan")).Agreements.SignAgreementAsync(request));

        var after = await stage.People.Officer.Agreements.GetAgreementAsync(new GetAgreementRequest { Name = awaiting.Name });
        Assert.Equal((awaiting.Etag, awaiting.State), (after.Etag, after.State));
    }
}

/// <summary>People that no story has.</summary>
internal static class OddPeople
{
    /// <summary>The officer of a story, who has been given the right to decide too.</summary>
    public static Services OfficerWhoDecides(this Suite suite, Stage stage) => suite.Channels.With(suite.Issuer.Token(new TokenClaims
    {
        Municipality = stage.Municipality,
        Roles = ["case-officer", "decision-maker"],
        Subject = stage.Subject("handlaggare"),
    }));
}
