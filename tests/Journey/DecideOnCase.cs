using Iop.Eligibility.V1;

namespace Iop.Journey;

/// <summary>The case is submitted, and decided by somebody who has not assessed it.</summary>
public sealed class DecideOnCase(Stage stage)
{
    public async Task<Case> RunAsync(Case @case, CancellationToken cancellation)
    {
        var submitted = await SubmitAsync(@case, cancellation);
        var decided = await stage.People.DecisionMaker.Cases.DecideCaseAsync(
            new DecideCaseRequest { Name = submitted.Name, Decision = Decision(), Etag = submitted.Etag, RequestId = Stage.NewRequestId() }, cancellationToken: cancellation);
        stage.Tell("case decided", $"{decided.State} {decided.Decision.ReferenceNumber}");
        return decided;
    }

    /// <summary>Submits the case for decision.</summary>
    public async Task<Case> SubmitAsync(Case @case, CancellationToken cancellation) =>
        await stage.People.Officer.Cases.SubmitCaseAsync(
            new SubmitCaseRequest { Name = @case.Name, Etag = @case.Etag, RequestId = Stage.NewRequestId() }, cancellationToken: cancellation);

    /// <summary>The decision of the story, taken today.</summary>
    public Decision Decision()
    {
        var decision = stage.Story.Decision.Clone();
        decision.Date = Calendar.Today.ToProto();
        return decision;
    }
}
