using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.Testing;
using Iop.Types.V1;

namespace Iop.Agreements.Tests;

/// <summary>Steps of the municipality's process that come before the agreement or its signing.</summary>
[Collection(Running.Name)]
public sealed class CaseStepTests(AgreementsFixture service)
{
    [Fact]
    public async Task A_step_that_the_guideline_puts_first_is_taken_or_motivated_before_there_is_an_agreement()
    {
        var (name, _) = service.ApprovedCase();
        service.Neighbours.Gates[name] = [Gate("x-dialogue", GateFinding.Types.Moment.Agreement), Gate("x-idea-meeting", GateFinding.Types.Moment.Signing)];

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_STEP_OPEN", () => service.CreateAsync(name));

        Assert.Equal("x-dialogue", refused.Metadata["rules"]);
        service.Neighbours.Gates[name] = [Gate("x-idea-meeting", GateFinding.Types.Moment.Signing)];
        Assert.Equal(name, (await service.CreateAsync(name)).Case);
    }

    [Fact]
    public async Task A_step_that_comes_before_signing_stops_the_signing_until_it_is_taken_or_motivated()
    {
        var (agreement, _) = await service.TextAgreedAsync();
        var start = new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag };
        service.Neighbours.Gates[agreement.Case] = [Gate("x-idea-meeting", GateFinding.Types.Moment.Signing)];

        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "CASE_STEP_OPEN", () => service.Officer.StartSigningAsync(start).ResponseAsync);

        Assert.Equal("x-idea-meeting", refused.Metadata["rules"]);
        Assert.Equal(Agreement.Types.State.TextAgreed, (await service.Officer.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name })).State);
        service.Neighbours.Gates[agreement.Case] = [];
        Assert.Equal(Agreement.Types.State.AwaitingSignatures, (await service.Officer.StartSigningAsync(start)).State);
    }

    private static GateFinding Gate(string rule, GateFinding.Types.Moment before) => new()
    {
        Step = rule,
        RuleId = rule,
        Before = before,
        Blocking = true,
        State = GateFinding.Types.State.Pending,
        Text = new LocalizedText { Sv = "Mötet hålls.", En = "The meeting is held." },
    };
}
