using System.Diagnostics;
using Iop.Agreements.V1;
using Iop.FollowUp.V1;
using Iop.Types.V1;
using Evaluation = Iop.FollowUp.V1.Evaluation;

namespace Iop.Journey;

/// <summary>The plan comes of itself; the parties check in and evaluate.</summary>
public sealed class FollowUpPartnership(Stage stage)
{
    // A bus that found no broker looks again ever more seldom, up to once a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private FollowUpService.FollowUpServiceClient Officer => stage.People.Officer.FollowUp;

    public async Task<Plan> RunAsync(Agreement agreement, CancellationToken cancellation)
    {
        var plan = await PlanOfAsync(agreement, cancellation);
        await CheckInAsync(plan, cancellation);
        await EvaluateAsync(plan, cancellation);
        return plan;
    }

    /// <summary>Waits for the plan: the event takes its way through outbox and broker.</summary>
    public async Task<Plan> PlanOfAsync(Agreement agreement, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();

        // A client of the contracts is told by no call that a plan has been made: it looks.
        using var timer = new PeriodicTimer(Pause);
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            if (await PlansOfAsync(agreement, cancellation) is [var plan, ..])
            {
                stage.Tell("plan made", $"{plan.Name} after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms");
                return plan;
            }

            await timer.WaitForNextTickAsync(cancellation);
        }

        throw new JourneyException($"No follow-up plan came within {Patience.TotalSeconds} s. Is the broker up?");
    }

    /// <summary>The plans that follow an agreement: one, or none yet.</summary>
    public async Task<IReadOnlyList<Plan>> PlansOfAsync(Agreement agreement, CancellationToken cancellation)
    {
        var found = await Officer.ListPlansAsync(
            new ListPlansRequest { Parent = stage.Parent, Filter = $"agreement = \"{agreement.Name}\"" }, cancellationToken: cancellation);
        return found.Plans;
    }

    private async Task CheckInAsync(Plan plan, CancellationToken cancellation)
    {
        var planned = await Officer.ListCheckInsAsync(new ListCheckInsRequest { Parent = plan.Name }, cancellationToken: cancellation);
        var first = planned.CheckIns.First(checkIn => checkIn.State == CheckIn.Types.State.Planned);
        var held = await Officer.RecordCheckInAsync(
            new RecordCheckInRequest
            {
                Name = first.Name,
                HeldDate = Calendar.Today.ToProto(),
                Participants =
                {
                    new Participant { Side = PartySide.Public, Function = "handläggare" },
                    new Participant { Side = PartySide.CivilSociety, Function = "verksamhetsledare" },
                },
                Learned = stage.Story.Sections["learned"],
                Actions = { new AgreedAction { Description = stage.Story.Sections["action"], DueDate = Calendar.Today.AddMonths(1).ToProto() } },
                Etag = first.Etag,
                RequestId = Stage.NewRequestId(),
            },
            cancellationToken: cancellation);
        stage.Tell("check-in recorded", $"{held.State}, {planned.CheckIns.Count} planned in all");
    }

    /// <summary>Completes the evaluation.</summary>
    public async Task EvaluateAsync(Plan plan, CancellationToken cancellation)
    {
        var planned = await Officer.GetEvaluationAsync(new GetEvaluationRequest { Name = $"{plan.Name}/evaluation" }, cancellationToken: cancellation);
        var completed = await Officer.CompleteEvaluationAsync(
            new CompleteEvaluationRequest
            {
                Name = planned.Name,
                Verdict = Evaluation.Types.Verdict.Partly,
                Reasons = stage.Story.Sections["evaluation"],
                Etag = planned.Etag,
                RequestId = Stage.NewRequestId(),
            },
            cancellationToken: cancellation);
        stage.Tell("evaluation completed", $"{completed.State} {completed.Verdict}");
    }
}
