using Grpc.Core;
using Iop.Organisations.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Microsoft.EntityFrameworkCore;
using DocumentKind = Iop.Organisations.Domain.DocumentKind;

namespace Iop.Organisations.Api;

/// <summary>How an organisation stands against the documents of a guideline.</summary>
public sealed partial class DocumentRequirementsApi
{
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListDocumentRequirementsResponse> ListDocumentRequirements(ListDocumentRequirementsRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var key = await door.KeyOfAsync(request.Parent, "parent", cancellation);

        // A guideline asks for a score of documents at most, so all are found at once and a page is cut from them.
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListDocumentRequirements), request.Parent, request.GuidelinePack);
        var pack = await guidelines.GetAsync(request.GuidelinePack, cancellation);
        var facts = await db.Organisations.AsNoTracking().Where(o => o.Key == key).Select(o => o.Facts).FirstOrDefaultAsync(cancellation)
            ?? throw Refusal.NotFound("ORGANISATION_NOT_FOUND", request.Parent);

        var kinds = pack.Documents.Select(document => (DocumentKind)document.Kind).Distinct().ToList();
        var held = await db.Documents.AsNoTracking().Where(d => d.Organisation == key && kinds.Contains(d.Kind))
            .Select(d => new { d.Id, d.Kind, d.FinancialYear, d.VersionNumber, d.State, d.ReceivedTime, d.AuditOpinion }).ToListAsync(cancellation);
        var reminders = (await db.DocumentReminders.AsNoTracking().Where(r => r.Organisation == key && kinds.Contains(r.Kind)).ToListAsync(cancellation))
            .ToLookup(reminder => reminder.Kind);
        IReadOnlyList<HeldDocument> documents =
            [.. held.Select(d => new HeldDocument(d.Id, d.Kind, d.FinancialYear, d.VersionNumber, d.State, d.ReceivedTime.DayInSweden())), .. DocumentRequirements.NumbersOf(facts)];
        var opinions = held.Where(d => d.AuditOpinion is not null).ToDictionary(d => d.Id, d => d.AuditOpinion!.Value);

        var all = pack.Documents.Select((required, place) =>
            (Place: place, Status: StatusOf(required, key, documents, facts, opinions, [.. reminders[(DocumentKind)required.Kind]]))).ToList();
        var (items, next) = await page.FetchAsync(
            (after, most) => Task.FromResult(all.Where(item => after is null || item.Place > PlaceIn(after.Value)).Take(most).ToList()), item => IdOf(item.Place));
        return new ListDocumentRequirementsResponse
        {
            Requirements = { items.Select(item => item.Status) },
            NextPageToken = next,
            GuidelinePack = pack.Name,
            OpenCount = all.Count(item => item.Status.Status is DocumentRequirementStatus.Types.Status.Missing
                or DocumentRequirementStatus.Types.Status.Returned or DocumentRequirementStatus.Types.Status.Stale),
        };
    }

    private DocumentRequirementStatus StatusOf(
        Eligibility.V1.DocumentRequirement required, string key, IReadOnlyList<HeldDocument> held, OrganisationFacts facts,
        Dictionary<Guid, Domain.AuditOpinion> opinions, IReadOnlyList<Domain.DocumentReminder> reminders)
    {
        var cycle = new AnnualCycle(facts.NextAnnualMeetingDate);
        var finding = DocumentRequirements.Find(new RequiredDocument((DocumentKind)required.Kind, required.Yearly), held, cycle, time.Today());
        var asked = reminders.Where(reminder => reminder.FinancialYear == 0 || reminder.FinancialYear >= finding.FinancialYear).ToList();
        return new DocumentRequirementStatus
        {
            RuleId = required.RuleId,
            Kind = required.Kind,
            Severity = required.Severity.ToUpperSnake(),
            Yearly = required.Yearly,
            IfExists = required.IfExists,
            Text = required.Text,
            FinancialYear = finding.FinancialYear,
            Status = (DocumentRequirementStatus.Types.Status)finding.Status,
            Document = finding.Document is { } id ? OrganisationName.OfChild(tenant.Required, key, OrganisationName.Documents, id) : "",
            ReminderCount = asked.Count,
            LastReminderTime = asked.Count == 0 ? null : asked.Max(reminder => reminder.CreateTime).ToProto(),
            Explanation = ExplanationOf(finding, facts),
            AuditOpinion = finding.Document is { } report && opinions.TryGetValue(report, out var opinion) ? (V1.AuditOpinion)opinion : V1.AuditOpinion.Unspecified,
            MemberCount = finding.ByNumber ? facts.MemberCount : 0,
            MemberCountDate = finding.ByNumber ? facts.MemberCountDate.ToProto() : null,
        };
    }

    private static Types.V1.LocalizedText ExplanationOf(RequirementFinding finding, OrganisationFacts facts) => finding is { ByNumber: true, Status: RequirementStatus.Received }
        ? Explanations.Of("requirement.RECORDED_NUMBER", ("count", $"{facts.MemberCount}"), ("day", $"{facts.MemberCountDate:yyyy-MM-dd}"))
        : Explanations.Of($"requirement.{finding.Status.ToUpperSnake()}", ("year", $"{finding.FinancialYear}"));

    // Pages are cut by id elsewhere; here the place in the pack is the id.
    private static Guid IdOf(int place) => new(place, 0, 0, new byte[8]);

    private static int PlaceIn(Guid id) => BitConverter.ToInt32(id.ToByteArray());
}
