using Google.Protobuf.Collections;
using Grpc.Core;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Types.V1;
using Microsoft.EntityFrameworkCore;
using CheckIn = Iop.FollowUp.Domain.CheckIn;
using Plan = Iop.FollowUp.Domain.Plan;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    private const int MaxTopics = 30;
    private const int MaxTopicLength = 200;
    private const int MaxParticipants = 100;
    private const int MaxFunctionLength = 100;
    private const int MaxLearnedLength = 10_000;
    private const int MaxActions = 50;
    private const int MaxActionLength = 500;

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.CheckIn> GetCheckIn(GetCheckInRequest request, ServerCallContext context)
    {
        var (planId, id) = ResourceName.IdsIn(request.Name, Plan.Collection, CheckIn.Collection, tenant.Required);
        var found = await (
            from checkIn in db.CheckIns.AsNoTracking()
            join plan in db.Plans on checkIn.PlanId equals plan.Id
            where checkIn.Id == id && checkIn.PlanId == planId
            select new { checkIn, plan }).FirstOrDefaultAsync(context.CancellationToken) ?? throw Refusal.NotFound("CHECK_IN_NOT_FOUND", request.Name);
        desk.MustSee(found.plan);
        return found.checkIn.ToProto(Today);
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListCheckInsResponse> ListCheckIns(ListCheckInsRequest request, ServerCallContext context)
    {
        var page = DuePage.Of(request.PageSize, request.PageToken, context.Method, request.Parent);
        var planId = await desk.MustSeeAsync(request.Parent, context.CancellationToken);
        var (items, next) = await page.FetchAsync(
            db.CheckIns.AsNoTracking().Where(c => c.PlanId == planId), c => c.DueDate, c => c.Id, context.CancellationToken);
        return new ListCheckInsResponse { CheckIns = { items.Select(c => c.ToProto(Today)) }, NextPageToken = next };
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.CheckIn> ScheduleCheckIn(ScheduleCheckInRequest request, ServerCallContext context)
    {
        var planId = ResourceName.IdIn(request.Parent, Plan.Collection, tenant.Required, "parent");
        var (plan, _, organisation) = await desk.TakeAsync(planId, "PLAN_NOT_FOUND", request.Parent, context.CancellationToken);

        var faults = new Faults();
        faults.Require(request.CheckIn is not null, "check_in", "FIELD_REQUIRED");
        var due = faults.Date("check_in.due_date", request.CheckIn?.DueDate, required: true);
        faults.Require(due is null || due >= Today, "check_in.due_date", "DATE_IN_PAST");
        MustBeWithinTerm(faults, plan, "check_in.due_date", due);
        var topics = Topics(faults, "check_in.agenda_topics", request.CheckIn?.AgendaTopics ?? []);
        faults.ThrowIfAny();

        var checkIn = plan.ScheduleAdHoc(due!.Value, topics);
        db.Add(checkIn);
        db.Record(checkIn, () => checkIn.ToProto(Today), onBehalfOf: organisation);
        await db.SaveChangesAsync(context.CancellationToken);
        return checkIn.ToProto(Today);
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.CheckIn> RecordCheckIn(RecordCheckInRequest request, ServerCallContext context)
    {
        var (planId, id) = ResourceName.IdsIn(request.Name, Plan.Collection, CheckIn.Collection, tenant.Required);
        var (plan, side, organisation) = await desk.TakeAsync(planId, "CHECK_IN_NOT_FOUND", request.Name, context.CancellationToken);
        var record = ReadRecord(request, plan);
        var checkIn = await db.CheckIns.FirstOrDefaultAsync(c => c.Id == id && c.PlanId == planId, context.CancellationToken)
            ?? throw Refusal.NotFound("CHECK_IN_NOT_FOUND", request.Name);

        checkIn.MustMatch(request.Etag);
        checkIn.Hold(record, side);
        db.Record(checkIn, () => checkIn.ToProto(Today), onBehalfOf: organisation);
        await db.SaveChangesAsync(context.CancellationToken);
        await desk.CloseWhenDoneAsync(plan, context.CancellationToken);
        return checkIn.ToProto(Today);
    }

    private CheckInRecord ReadRecord(RecordCheckInRequest request, Plan plan)
    {
        var faults = new Faults();
        var held = faults.Date("held_date", request.HeldDate, required: true);
        faults.Require(held is null || held <= Today, "held_date", "DATE_IN_FUTURE");
        MustBeWithinTerm(faults, plan, "held_date", held);
        var participants = request.Participants.Select((participant, i) => ReadParticipant(faults, participant, i)).ToList();
        faults.Number("participants", participants.Count, 1, MaxParticipants);
        faults.Require(
            participants.Exists(p => p.Side == Side.Public) && participants.Exists(p => p.Side == Side.CivilSociety),
            "participants",
            "PARTICIPANT_OF_EACH_SIDE_REQUIRED");
        var topics = Topics(faults, "agenda_topics", request.AgendaTopics);
        var learned = faults.Text("learned", request.Learned, MaxLearnedLength);
        faults.Number("actions", request.Actions.Count, 0, MaxActions);
        var actions = request.Actions.Select((action, i) => ReadAction(faults, action, i)).ToList();
        faults.ThrowIfAny();

        return new CheckInRecord
        {
            HeldDate = held!.Value,
            Participants = [.. participants.Select(p => new Domain.Participant(p.Side!.Value, p.Function))],
            Topics = topics,
            Learned = learned,
            Actions = actions,
        };
    }

    private static (Side? Side, string Function) ReadParticipant(Faults faults, V1.Participant participant, int index)
    {
        var side = faults.Choice($"participants[{index}].side", participant.Side).ToSide();
        return (side, faults.Text($"participants[{index}].function", participant.Function, MaxFunctionLength, required: true));
    }

    private static Domain.AgreedAction ReadAction(Faults faults, V1.AgreedAction action, int index)
    {
        var field = $"actions[{index}]";
        faults.Require(Enum.IsDefined(action.ResponsibleSide), $"{field}.responsible_side", "ENUM_VALUE_REQUIRED");
        return new Domain.AgreedAction(
            faults.Text($"{field}.description", action.Description, MaxActionLength, required: true),
            action.ResponsibleSide.ToSide(),
            faults.Date($"{field}.due_date", action.DueDate));
    }

    private static List<string> Topics(Faults faults, string field, RepeatedField<string> topics)
    {
        faults.Number(field, topics.Count, 0, MaxTopics);
        return [.. topics.Select((topic, i) => faults.Text($"{field}[{i}]", topic, MaxTopicLength, required: true))];
    }

    private static void MustBeWithinTerm(Faults faults, Plan plan, string field, DateOnly? date) =>
        faults.Require(
            date is null || plan.IsWithinTerm(date.Value), field, "DATE_OUTSIDE_TERM", ("start", $"{plan.StartDate:yyyy-MM-dd}"), ("end", $"{plan.EndDate:yyyy-MM-dd}"));
}
