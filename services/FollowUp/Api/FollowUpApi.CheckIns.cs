using Google.Protobuf.Collections;
using Grpc.Core;
using Iop.Contracts.Events.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
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

    private static readonly PartKind<CheckIn, V1.CheckIn> CheckInKind =
        new(CheckIn.Collection, "CHECK_IN_NOT_FOUND", c => c.DueKey, (checkIn, view) => checkIn.ToProto(view.Day));

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override Task<V1.CheckIn> GetCheckIn(GetCheckInRequest request, ServerCallContext context) =>
        parts.GetAsync(CheckInKind, request.Name, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListCheckInsResponse> ListCheckIns(ListCheckInsRequest request, ServerCallContext context)
    {
        var (items, next) = await parts.ListAsync(CheckInKind, request.Parent, request.PageSize, request.PageToken, context);
        return new ListCheckInsResponse { CheckIns = { items }, NextPageToken = next };
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.CheckIn> ScheduleCheckIn(ScheduleCheckInRequest request, ServerCallContext context) =>
        parts.AddAsync(CheckInKind, request.Parent, by =>
        {
            var faults = new Faults();
            faults.Require(request.CheckIn is not null, "check_in", "FIELD_REQUIRED");
            var due = faults.Date("check_in.due_date", request.CheckIn?.DueDate, required: true);
            faults.Require(due is null || due >= Today, "check_in.due_date", "DATE_IN_PAST");
            MustBeWithinTerm(faults, by.Plan, "check_in.due_date", due);
            var topics = Topics(faults, "check_in.agenda_topics", request.CheckIn?.AgendaTopics ?? []);
            MustNameNobodyHelped(faults, request.NamesNobodyHelped, [.. topics.Select((topic, i) => ($"check_in.agenda_topics[{i}]", topic))]);
            faults.ThrowIfAny();
            return by.Plan.ScheduleAdHoc(due!.Value, topics);
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.CheckIn> RecordCheckIn(RecordCheckInRequest request, ServerCallContext context) =>
        parts.ChangeAsync(CheckInKind, request.Name, request.Etag, (checkIn, by) =>
        {
            var (record, correction) = ReadRecord(request, by.Plan);
            if (correction.Length > 0)
            {
                var before = checkIn.HeldDate;
                checkIn.Correct(record, by.Side, correction);
                Tell(checkIn, before, by);
                return correction;
            }

            checkIn.Hold(record, by.Side);
            Tell(checkIn, null, by);
            return "";
        }, context.CancellationToken);

    // ga-continuation-dialogue: what the parties have recorded here they need not record in the agreement once more.
    private void Tell(CheckIn checkIn, DateOnly? before, Participation by)
    {
        if (checkIn.Kind == Domain.CheckInKind.RenewalTalks && checkIn.HeldDate is { } held && held != before)
        {
            db.Raise(checkIn, new RenewalTalksHeld { Agreement = by.Plan.Agreement, HeldDate = held, RecordedBy = by.Side.Code() });
        }
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.CheckIn> CancelCheckIn(CancelCheckInRequest request, ServerCallContext context) =>
        parts.ChangeAsync(CheckInKind, request.Name, request.Etag, (checkIn, _) =>
        {
            var reason = ReadOfPeople("reason", request.Reason, MaxCommentLength, request.NamesNobodyHelped);
            checkIn.CallOff(reason, Today);
            return reason;
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.CheckIn> MarkAction(MarkActionRequest request, ServerCallContext context) =>
        parts.ChangeAsync(CheckInKind, request.Name, request.Etag, (checkIn, _) =>
        {
            var faults = new Faults();
            var isThere = checkIn.Mark(request.Number, request.Done ? Today : null);
            faults.Require(isThere, "number", "NUMBER_OUT_OF_RANGE", ("min", "1"), ("max", $"{checkIn.Actions.Count}"));
            faults.ThrowIfAny();
            return "";
        }, context.CancellationToken);

    private (CheckInRecord Record, string Correction) ReadRecord(RecordCheckInRequest request, Plan plan)
    {
        var faults = new Faults();
        var held = faults.Date("held_date", request.HeldDate, required: true);
        faults.Require(held is null || held <= Today, "held_date", "DATE_IN_FUTURE");
        MustBeWithinTerm(faults, plan, "held_date", held);
        var participants = request.Participants.Select((participant, i) => ReadParticipant(faults, participant, i, request.NamesNobody)).ToList();
        faults.Number("participants", participants.Count, 1, MaxParticipants);
        faults.Require(
            participants.Exists(p => p.Side == Side.Public) && participants.Exists(p => p.Side == Side.CivilSociety),
            "participants",
            "PARTICIPANT_OF_EACH_SIDE_REQUIRED");
        var topics = Topics(faults, "agenda_topics", request.AgendaTopics);
        var learned = faults.Text("learned", request.Learned, MaxLearnedLength);
        var correction = faults.Text("correction_reason", request.CorrectionReason, MaxCommentLength);
        faults.Number("actions", request.Actions.Count, 0, MaxActions);
        var actions = request.Actions.Select((action, i) => ReadAction(faults, action, i, plan)).ToList();
        MustNameNobodyHelped(
            faults,
            request.NamesNobodyHelped,
            [
                ("learned", learned),
                ("correction_reason", correction),
                .. topics.Select((topic, i) => ($"agenda_topics[{i}]", topic)),
                .. actions.Select((action, i) => ($"actions[{i}].description", action.Description)),
            ]);
        faults.ThrowIfAny();

        var record = new CheckInRecord
        {
            HeldDate = held!.Value,
            Participants = [.. participants.Select(p => new Domain.Participant(p.Side!.Value, p.Function))],
            Topics = topics,
            Learned = learned,
            Actions = actions,
        };
        return (record, correction);
    }

    private (Side? Side, string Function) ReadParticipant(Faults faults, V1.Participant participant, int index, bool hasLooked)
    {
        var side = faults.Choice($"participants[{index}].side", participant.Side).ToSide();
        var function = faults.Text($"participants[{index}].function", participant.Function, MaxFunctionLength, required: true);
        personalData.MustNotBeIn(faults, hasLooked, ($"participants[{index}].function", function));
        return (side, function);
    }

    private Domain.AgreedAction ReadAction(Faults faults, V1.AgreedAction action, int index, Plan plan)
    {
        var field = $"actions[{index}]";
        var due = faults.Date($"{field}.due_date", action.DueDate);
        MustBeDoneInTime(faults, plan, $"{field}.due_date", due);
        faults.Require(Enum.IsDefined(action.ResponsibleSide), $"{field}.responsible_side", "ENUM_VALUE_REQUIRED");
        return new Domain.AgreedAction(
            faults.Text($"{field}.description", action.Description, MaxActionLength, required: true),
            action.ResponsibleSide.ToSide(),
            due);
    }

    private static List<string> Topics(Faults faults, string field, RepeatedField<string> topics)
    {
        faults.Number(field, topics.Count, 0, MaxTopics);
        return [.. topics.Select((topic, i) => faults.Text($"{field}[{i}]", topic, MaxTopicLength, required: true))];
    }

    // However far ahead: no later than an evaluation can be asked for.
    private void MustBeDoneInTime(Faults faults, Plan plan, string field, DateOnly? due)
    {
        var latest = (plan.EndDate > Today ? plan.EndDate : Today).AddMonths(MonthsToEvaluateAfterTerm);
        faults.Require(due is null || due <= latest, field, "DATE_OUTSIDE_TERM", ("start", $"{plan.StartDate:yyyy-MM-dd}"), ("end", $"{latest:yyyy-MM-dd}"));
    }

    private static void MustBeWithinTerm(Faults faults, Plan plan, string field, DateOnly? date) =>
        faults.Require(
            date is null || plan.IsWithinTerm(date.Value), field, "DATE_OUTSIDE_TERM", ("start", $"{plan.StartDate:yyyy-MM-dd}"), ("end", $"{plan.EndDate:yyyy-MM-dd}"));
}
