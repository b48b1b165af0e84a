using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Iop.Types.V1;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

[Collection(Running.Name)]
public sealed class DecisionApiTests(AgreementsFixture service)
{
    private static readonly TextDecision Approved = new()
    {
        Outcome = TextDecision.Types.Outcome.Approved,
        Body = "Arbetsmarknadsnämnden",
        Date = new Date { Year = 2026, Month = 1, Day = 15 },
        ReferenceNumber = "AMN 2026-17",
    };

    private AgreementsService.AgreementsServiceClient Decider => new(service.As("1285", Roles.DecisionMaker, "decider-person", "Dana Beslut"));

    [Fact]
    public async Task Where_the_public_side_wants_it_a_body_decides_on_the_agreed_text_before_anyone_signs()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        var demand = new UpdateAgreementRequest { Agreement = new Agreement { Name = agreement.Name, Etag = agreement.Etag, DecisionRequired = true }, UpdateMask = new FieldMask { Paths = { "decision_required" } } };
        await Refused.ForFieldAsync("agreement.decision_required", "FIELD_NOT_ALLOWED", () => service.Representative(organisation).UpdateAgreementAsync(demand).ResponseAsync);
        agreement = await service.Officer.UpdateAgreementAsync(demand);
        agreement = await ApproveAsync(service.Officer, agreement, "arbete");
        agreement = await ApproveAsync(service.Representative(organisation), agreement, "forening");
        Assert.Equal(Agreement.Types.State.AwaitingDecision, agreement.State);
        Assert.Single(await service.RowsAsync($"SELECT type FROM outbox WHERE subject = '{agreement.Name}' AND type LIKE '%AgreementTextAgreed'"));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag }).ResponseAsync);
        var decide = new RecordTextDecisionRequest { Name = agreement.Name, Etag = agreement.Etag, Decision = Approved, RequestId = $"{Guid.NewGuid()}" };
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => service.Officer.RecordTextDecisionAsync(decide).ResponseAsync);

        var decided = await Decider.RecordTextDecisionAsync(decide);

        Assert.Equal(decided, await Decider.RecordTextDecisionAsync(decide));
        Assert.Equal((Agreement.Types.State.TextAgreed, agreement.TextHash, "Dana Beslut"), (decided.State, decided.TextDecision.TextHash, decided.TextDecision.RecordedBy));
        Assert.Equal(Agreement.Types.State.AwaitingSignatures, (await service.Officer.StartSigningAsync(new StartSigningRequest { Name = decided.Name, Etag = decided.Etag })).State);
    }

    [Fact]
    public async Task A_body_that_is_not_content_returns_the_text_with_its_reasons_and_decides_on_the_next()
    {
        var (agreement, organisation) = await AwaitingDecisionAsync();
        var returned = Approved.Clone();
        returned.Outcome = TextDecision.Types.Outcome.Returned;
        await Refused.ForFieldAsync("decision.reasons", "FIELD_REQUIRED", () => Decider.RecordTextDecisionAsync(new RecordTextDecisionRequest { Name = agreement.Name, Etag = agreement.Etag, Decision = returned }).ResponseAsync);
        var tomorrow = Approved.Clone();
        tomorrow.Date = new Date { Year = 2099, Month = 1, Day = 1 };
        await Refused.ForFieldAsync("decision.date", "DATE_IN_FUTURE", () => Decider.RecordTextDecisionAsync(new RecordTextDecisionRequest { Name = agreement.Name, Etag = agreement.Etag, Decision = tomorrow }).ResponseAsync);

        returned.Reasons = "Målgruppen är oklar.";
        var back = await Decider.RecordTextDecisionAsync(new RecordTextDecisionRequest { Name = agreement.Name, Etag = agreement.Etag, Decision = returned });

        Assert.Equal((Agreement.Types.State.InNegotiation, "Målgruppen är oklar."), (back.State, back.TextDecision.Reasons));
        Assert.Empty(back.Approvals);
        back = await service.WriteAsync(back, "target-group", "Unga vuxna 18–25 år i Eslöv.");
        Assert.Null(back.TextDecision);
        back = await ApproveAsync(service.Officer, back, "arbete");
        Assert.Equal(Agreement.Types.State.AwaitingDecision, (await ApproveAsync(service.Representative(organisation), back, "forening")).State);
        var (agreed, _) = await service.TextAgreedAsync();
        await Refused.ByAsync(StatusCode.FailedPrecondition, "AGREEMENT_STATE_NOT_ALLOWED", () => Decider.RecordTextDecisionAsync(new RecordTextDecisionRequest { Name = agreed.Name, Etag = agreed.Etag, Decision = Approved }).ResponseAsync);
    }

    [Fact]
    public async Task Whoever_approved_the_text_for_the_municipality_does_not_also_decide_on_it()
    {
        var (agreement, organisation) = await service.NegotiatedAsync();
        AgreementsService.AgreementsServiceClient twoHats = new(service.As("1285", Roles.CaseOfficer, "two-hats")), decides = new(service.As("1285", Roles.DecisionMaker, "two-hats"));
        agreement = await service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest { Agreement = new Agreement { Name = agreement.Name, Etag = agreement.Etag, DecisionRequired = true } });
        agreement = await ApproveAsync(twoHats, agreement, "arbete");
        agreement = await ApproveAsync(service.Representative(organisation), agreement, "forening");

        await Refused.ByAsync(StatusCode.FailedPrecondition, "DECIDER_APPROVED_TEXT", () => decides.RecordTextDecisionAsync(new RecordTextDecisionRequest { Name = agreement.Name, Etag = agreement.Etag, Decision = Approved }).ResponseAsync);
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => Decider.RecordTextDecisionAsync(new RecordTextDecisionRequest { Name = agreement.Name, Decision = Approved }).ResponseAsync);
    }

    [Fact]
    public async Task A_body_that_the_pack_does_not_name_does_not_decide_and_the_pack_says_who_does()
    {
        var (agreement, _) = await AwaitingDecisionAsync(BoardPack);
        Task<Agreement> DecideAsync(string body, TextDecision.Types.BodyKind kind = TextDecision.Types.BodyKind.Unspecified)
        {
            var decision = Approved.Clone();
            (decision.Body, decision.BodyKind) = (body, kind);
            return Decider.RecordTextDecisionAsync(new RecordTextDecisionRequest { Name = agreement.Name, Etag = agreement.Etag, Decision = decision }).ResponseAsync;
        }

        var refused = await Refused.ForFieldAsync("decision.body", "DECISION_BODY_NOT_ALLOWED", () => DecideAsync("Arbetsmarknadsförvaltningen"));
        Assert.Contains("Nämnden beslutar.", $"{refused.Detail<Google.Rpc.BadRequest>()}", StringComparison.Ordinal);
        await Refused.ForFieldAsync("decision.body_kind", "DECISION_BODY_CONTRADICTED", () => DecideAsync("Enhetschefen", TextDecision.Types.BodyKind.Committee));
        await Refused.ForFieldAsync("decision.body_kind", "ENUM_VALUE_REQUIRED", () => DecideAsync("Nämnden", (TextDecision.Types.BodyKind)42));
        await Refused.ForFieldAsync("decision.body_kind", "FIELD_REQUIRED", () => DecideAsync("Rådet"));
        Assert.Equal(Agreement.Types.State.AwaitingDecision, (await service.ReadAsync(agreement.Name)).State);

        var decided = await DecideAsync("Arbetsmarknadsnämnden");

        Assert.Equal((Agreement.Types.State.TextAgreed, TextDecision.Types.BodyKind.Committee), (decided.State, decided.TextDecision.BodyKind));
    }

    private async Task<(Agreement Agreement, string Organisation)> AwaitingDecisionAsync(string pack = Pack)
    {
        var (agreement, organisation) = await service.NegotiatedAsync(pack: pack);
        agreement = await service.Officer.UpdateAgreementAsync(new UpdateAgreementRequest { Agreement = new Agreement { Name = agreement.Name, Etag = agreement.Etag, DecisionRequired = true } });
        agreement = await ApproveAsync(service.Officer, agreement, "arbete");
        return (await ApproveAsync(service.Representative(organisation), agreement, "forening"), organisation);
    }
}
