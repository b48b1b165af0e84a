using System.Diagnostics;
using Iop.DevIssuer;
using Iop.Eligibility.V1;

namespace Iop.Journey;

/// <summary>What came of one partnership.</summary>
public sealed record JourneyResult(
    string Municipality,
    string Guideline,
    Evaluation.Types.Outcome Outcome,
    Instrument Instrument,
    string Case,
    string Agreement,
    Iop.Agreements.V1.Agreement.Types.State AgreementState,
    string Plan,
    string TraceId,
    TimeSpan Duration);

/// <summary>The journey could not go on; the text says why.</summary>
public sealed class JourneyException(string message) : Exception(message);

/// <summary>Plays one whole partnership through gRPC alone, from the organisation's registration to the evaluation.</summary>
public static class Partnership
{
    private static readonly ActivitySource Source = new("Iop.Journey");

    static Partnership() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source.Name == Source.Name,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    });

    /// <summary>Plays it.</summary>
    /// <param name="channels">The services.</param>
    /// <param name="issuer">Makes the tokens.</param>
    /// <param name="municipality">Code of the municipality.</param>
    /// <param name="story">What is told.</param>
    /// <param name="tell">Hears of each step.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async Task<JourneyResult> PlayAsync(
        Channels channels, DevelopmentIssuer issuer, string municipality, Story story, Action<string, string> tell, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();

        // The parent of every call that is made until the end: one partnership, one trace.
        using var activity = StartTrace(municipality);
        var stage = await Stage.SetAsync(channels, issuer, municipality, story, tell, cancellation);
        var organisation = await new RegisterOrganisation(stage).RunAsync(cancellation);
        var prepared = await new PrepareCase(stage).RunAsync(organisation, cancellation);
        var (assessed, evaluation) = await new AssessCase(stage).RunAsync(prepared, cancellation);
        if (assessed.RoutedInstrument != Instrument.Iop)
        {
            return Result("", default, "");
        }

        var decided = await new DecideOnCase(stage).RunAsync(assessed, cancellation);
        var negotiated = await new NegotiateAgreement(stage).RunAsync(decided, cancellation);
        var signed = await new SignAgreement(stage).RunAsync(negotiated, cancellation);
        var plan = await new FollowUpPartnership(stage).RunAsync(signed, cancellation);
        return Result(signed.Name, signed.State, plan.Name);

        JourneyResult Result(string agreement, Iop.Agreements.V1.Agreement.Types.State state, string plan) => new(
            municipality, stage.Pack.Title.Sv, evaluation.Outcome, assessed.RoutedInstrument, assessed.Name, agreement, state, plan,
            activity.TraceId.ToHexString(), Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Begins a trace of its own, whatever activity is current.</summary>
    public static Activity StartTrace(string municipality)
    {
        Activity.Current = null;
        var activity = Source.StartActivity("partnership", ActivityKind.Client)!;
        activity.SetTag("iop.municipality", municipality);
        return activity;
    }
}
