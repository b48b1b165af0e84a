using System.Text.RegularExpressions;
using Google.Protobuf.Collections;
using Grpc.Core;
using Iop.FollowUp.Data;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Types.V1;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    private const int MaxMonths = 60;
    private const int MaxDates = 100;
    private const int MaxPersonRefLength = 200;

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Plan> ChangeSchedule(ChangeScheduleRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var id = ResourceName.IdIn(request.Name, Domain.Plan.Collection, tenant.Required);
        var (plan, _, organisation) = await desk.TakeAsync(id, "PLAN_NOT_FOUND", request.Name, cancellation);
        plan.MustMatch(request.Etag);
        var (chosen, reason) = ReadSchedule(request, plan);
        var whole = await desk.OpenAsync(plan, cancellation);
        whole.Choose(chosen, Today);
        desk.Keep(whole, reason, organisation);
        await db.SaveChangesAsync(cancellation);
        await reminders.PlanAsync(plan, cancellation);
        await desk.CloseWhenDoneAsync(plan, cancellation);
        return (await db.Overviews(db.Plans.Where(p => p.Id == id)).SingleAsync(cancellation)).ToProto();
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Plan> NameContact(NameContactRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var id = ResourceName.IdIn(request.Name, Domain.Plan.Collection, tenant.Required);
        var (plan, side, organisation) = await desk.TakeAsync(id, "PLAN_NOT_FOUND", request.Name, cancellation);
        plan.MustMatch(request.Etag);
        var faults = new Faults();
        var person = faults.Text("person_ref", request.PersonRef, MaxPersonRefLength);
        faults.Require(person.Length == 0 || PersonRef().IsMatch(person), "person_ref", "PERSON_REF_INVALID");
        personalData.MustNotBeIn(faults, hasLooked: false, ("person_ref", person));
        faults.ThrowIfAny();
        plan.NameContact(side, organisation, person);
        await desk.RecordAsync(plan, organisation, cancellation);
        await db.SaveChangesAsync(cancellation);
        return (await db.Overviews(db.Plans.Where(p => p.Id == id)).SingleAsync(cancellation)).ToProto();
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<V1.Reminder> GetReminder(GetReminderRequest request, ServerCallContext context)
    {
        var (planId, id) = ResourceName.IdsIn(request.Name, Domain.Plan.Collection, "reminders", tenant.Required);
        var plan = await db.Plans.AsNoTracking().FirstOrDefaultAsync(p => p.Id == planId, context.CancellationToken)
            ?? throw desk.Absent("REMINDER_NOT_FOUND", request.Name);
        desk.MustSee(plan);
        var reminder = await db.Reminders.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.PlanId == planId, context.CancellationToken)
            ?? throw Refusal.NotFound("REMINDER_NOT_FOUND", request.Name);
        return reminder.ToProto();
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListRemindersResponse> ListReminders(ListRemindersRequest request, ServerCallContext context)
    {
        var page = Page.Of(request.PageSize, request.PageToken, context.Method, request.Parent);
        var plan = await desk.MustSeeAsync(request.Parent, "parent", context.CancellationToken);

        // That other services are told of a missing report is no reminder of anybody.
        var log = db.Reminders.AsNoTracking().Where(r => r.PlanId == plan.Id && r.Occasion != ReminderOccasion.Overdue);
        var (items, next) = await page.FetchAsync(log, r => r.RemindKey, context.CancellationToken);
        return new ListRemindersResponse { Reminders = { items.Select(r => r.ToProto()) }, NextPageToken = next };
    }

    private (ChosenSchedule Chosen, string Reason) ReadSchedule(ChangeScheduleRequest request, Domain.Plan plan)
    {
        var faults = new Faults();
        var checkIns = faults.Number("check_in_every_months", request.CheckInEveryMonths, 0, MaxMonths);
        var reports = faults.Number("report_every_months", request.ReportEveryMonths, 0, MaxMonths);
        var checkInDates = ReadDates(faults, "check_in_dates", request.CheckInDates, plan);
        var reportDates = ReadDates(faults, "report_dates", request.ReportDates, plan);
        faults.Require(checkIns == 0 || checkInDates.Count == 0, "check_in_every_months", "FIELD_NOT_ALLOWED");
        faults.Require(reports == 0 || reportDates.Count == 0, "report_every_months", "FIELD_NOT_ALLOWED");

        // That there are reports at all, and who writes them, is for the agreement to say and not for its follow-up.
        var reported = plan.Reporting is not null;
        faults.Require(reported == (reports > 0 || reportDates.Count > 0), "report_every_months", reported ? "FIELD_REQUIRED" : "FIELD_NOT_ALLOWED");
        var reason = faults.Text("reason", request.Reason, MaxCommentLength, required: true);
        MustNameNobodyHelped(faults, request.NamesNobodyHelped, ("reason", reason));
        faults.ThrowIfAny();
        return (new ChosenSchedule(checkIns, reports, checkInDates, reportDates), reason);
    }

    private List<DateOnly> ReadDates(Faults faults, string field, RepeatedField<Date> dates, Domain.Plan plan)
    {
        faults.Number(field, dates.Count, 0, MaxDates);
        var read = dates.Select((sent, i) => (Date: faults.Date($"{field}[{i}]", sent, required: true), Field: $"{field}[{i}]")).ToList();
        foreach (var (date, at) in read)
        {
            faults.Require(date is null || date >= Today, at, "DATE_IN_PAST");
            MustBeWithinTerm(faults, plan, at, date);
        }

        faults.Require(read.Select(r => r.Date).Distinct().Count() == read.Count, field, "DUPLICATE_VALUE");
        return [.. read.Select(r => r.Date).OfType<DateOnly>().Order()];
    }

    [GeneratedRegex("^[A-Za-z0-9.:_@-]+\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PersonRef();
}
