using Grpc.Core;
using Iop.Contracts;
using Iop.FollowUp.Domain;
using Iop.FollowUp.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Indicator = Iop.FollowUp.Domain.Indicator;
using KnowledgeNote = Iop.FollowUp.Domain.KnowledgeNote;

namespace Iop.FollowUp.Api;

public sealed partial class FollowUpApi
{
    private const int MaxIndicatorNameLength = 200;
    private const int MaxUnitLength = 40;
    private const int MaxQuestionLength = 500;
    private const int MaxMethodLength = 1_000;

    private static readonly string[] Updatable = ["display_name", "unit", "baseline", "baseline_group_size", "target", "target_group_size"];

    private static readonly PartKind<Indicator, V1.Indicator> IndicatorKind =
        new(Indicator.Collection, "INDICATOR_NOT_FOUND", i => i.Id, (indicator, _) => indicator.ToProto());

    private static readonly PartKind<KnowledgeNote, V1.KnowledgeNote> KnowledgeKind =
        new(KnowledgeNote.Collection, "KNOWLEDGE_NOTE_NOT_FOUND", n => n.Id, (note, _) => note.ToProto());

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override Task<V1.Indicator> GetIndicator(GetIndicatorRequest request, ServerCallContext context) =>
        parts.GetAsync(IndicatorKind, request.Name, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListIndicatorsResponse> ListIndicators(ListIndicatorsRequest request, ServerCallContext context)
    {
        var (items, next) = await parts.ListAsync(IndicatorKind, request.Parent, request.PageSize, request.PageToken, context);
        return new ListIndicatorsResponse { Indicators = { items }, NextPageToken = next };
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Indicator> CreateIndicator(CreateIndicatorRequest request, ServerCallContext context) =>
        parts.AddAsync(IndicatorKind, request.Parent, by =>
        {
            var faults = new Faults();
            var measure = ReadMeasure(faults, request.Indicator ?? new V1.Indicator(), by.Plan.Rules.MinimumGroupSize, request.NamesNobody);
            faults.ThrowIfAny();
            return new Indicator(by.Plan, measure);
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Indicator> UpdateIndicator(UpdateIndicatorRequest request, ServerCallContext context)
    {
        var sent = request.Indicator ?? new V1.Indicator();
        return parts.ChangeAsync(IndicatorKind, sent.Name, sent.Etag, (indicator, by) =>
        {
            var faults = new Faults();
            var fields = faults.Mask(sent, request.UpdateMask, Updatable, "about_people");
            var merged = Merge(sent, indicator.ToProto(), fields);
            faults.Require(indicator.Values.Count == 0 || merged.Unit.Trim() == indicator.Unit, "indicator.unit", "UNIT_IN_USE");
            var measure = ReadMeasure(faults, merged, SmallestGroup(indicator, by.Plan), request.NamesNobody);
            var reason = faults.Text("reason", request.Reason, MaxCommentLength, required: true);
            MustNameNobodyHelped(faults, request.NamesNobodyHelped, ("reason", reason));
            faults.ThrowIfAny();
            if (fields.Count == 0)
            {
                return null;
            }

            indicator.Change(by.Plan, measure, reason, by.Side, time.Now());
            return reason;
        }, context.CancellationToken, "indicator.");
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.Indicator> RecordIndicatorValue(RecordIndicatorValueRequest request, ServerCallContext context) =>
        parts.ChangeAsync(IndicatorKind, request.Name, request.Etag, (indicator, by) =>
        {
            indicator.Record(ReadMeasurement(request.Value, indicator, by));
            return "";
        }, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override Task<V1.KnowledgeNote> GetKnowledgeNote(GetKnowledgeNoteRequest request, ServerCallContext context) =>
        parts.GetAsync(KnowledgeKind, request.Name, context.CancellationToken);

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<ListKnowledgeNotesResponse> ListKnowledgeNotes(ListKnowledgeNotesRequest request, ServerCallContext context)
    {
        var (items, next) = await parts.ListAsync(KnowledgeKind, request.Parent, request.PageSize, request.PageToken, context);
        return new ListKnowledgeNotesResponse { KnowledgeNotes = { items }, NextPageToken = next };
    }

    /// <inheritdoc/>
    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override Task<V1.KnowledgeNote> RecordKnowledge(RecordKnowledgeRequest request, ServerCallContext context) =>
        parts.AddAsync(KnowledgeKind, request.Parent, by =>
        {
            var (faults, note) = (new Faults(), request.KnowledgeNote ?? new V1.KnowledgeNote());
            var knowledge = new Knowledge(
                faults.Text("knowledge_note.question", note.Question, MaxQuestionLength, required: true),
                faults.Text("knowledge_note.method", note.Method, MaxMethodLength, required: true),
                faults.Text("knowledge_note.gathered_by", note.GatheredBy, MaxFunctionLength, required: true),
                faults.Text("knowledge_note.finding", note.Finding, MaxLearnedLength, required: true));
            personalData.MustNotBeIn(faults, request.NamesNobody, ("knowledge_note.gathered_by", knowledge.GatheredBy));
            MustNameNobodyHelped(
                faults,
                request.NamesNobodyHelped,
                ("knowledge_note.question", knowledge.Question),
                ("knowledge_note.method", knowledge.Method),
                ("knowledge_note.finding", knowledge.Finding));
            faults.ThrowIfAny();
            return new KnowledgeNote(by.Plan, knowledge, by.Side);
        }, context.CancellationToken);

    // The indicator as it is, with what the mask names as it was sent.
    private static V1.Indicator Merge(V1.Indicator sent, V1.Indicator current, IReadOnlySet<string> fields)
    {
        foreach (var field in MessageField.Of(typeof(V1.Indicator)).Where(field => fields.Contains(field.Name)))
        {
            field.Copy(sent, current);
        }

        return current;
    }

    private Measure ReadMeasure(Faults faults, V1.Indicator indicator, int smallest, bool hasLooked)
    {
        var name = faults.Text("indicator.display_name", indicator.DisplayName, MaxIndicatorNameLength, required: true);
        var unit = faults.Text("indicator.unit", indicator.Unit, MaxUnitLength);
        personalData.MustNotBeIn(faults, hasLooked, ("indicator.display_name", name), ("indicator.unit", unit));
        double? baseline = indicator.HasBaseline ? indicator.Baseline : null;
        double? target = indicator.HasTarget ? indicator.Target : null;
        faults.Require(baseline is null || double.IsFinite(baseline.Value), "indicator.baseline", "NUMBER_NOT_FINITE");
        faults.Require(target is null || double.IsFinite(target.Value), "indicator.target", "NUMBER_NOT_FINITE");
        return new Measure(name, unit, indicator.AboutPeople, baseline, target)
        {
            BaselineGroupSize = baseline is { } from ? ReadGroup(faults, "indicator.baseline_group_size", indicator.BaselineGroupSize, from, indicator.AboutPeople, smallest) : 0,
            TargetGroupSize = target is { } to ? ReadGroup(faults, "indicator.target_group_size", indicator.TargetGroupSize, to, indicator.AboutPeople, smallest) : 0,
        };
    }

    // What a new version of the agreement asks for holds for what is told from then on.
    private static int SmallestGroup(Indicator indicator, Domain.Plan plan) => Math.Max(indicator.MinimumGroupSize, plan.Rules.MinimumGroupSize);

    // An empty group has no value to tell but nought: anything else would be of somebody.
    private static int ReadGroup(Faults faults, string field, int size, double value, bool aboutPeople, int smallest)
    {
        faults.Require(size >= 0, field, "NUMBER_OUT_OF_RANGE", ("min", "0"), ("max", $"{int.MaxValue}"));
        faults.Require(!aboutPeople || size > 0 || value == 0, field, "GROUP_SIZE_REQUIRED");
        faults.Require(!aboutPeople || Indicator.Hides(size, smallest), field, "GROUP_TOO_SMALL", ("minimum", $"{smallest}"));
        return size;
    }

    private Measurement ReadMeasurement(IndicatorValue? sent, Indicator indicator, Participation by)
    {
        var (faults, value) = (new Faults(), sent ?? new IndicatorValue());
        var date = faults.Date("value.date", value.Date, required: true);
        faults.Require(date is null || date <= Today, "value.date", "DATE_IN_FUTURE");
        MustBeWithinTerm(faults, by.Plan, "value.date", date);
        faults.Require(value.HasValue, "value.value", "FIELD_REQUIRED");
        faults.Require(double.IsFinite(value.Value), "value.value", "NUMBER_NOT_FINITE");
        ReadGroup(faults, "value.group_size", value.GroupSize, value.Value, indicator.AboutPeople, SmallestGroup(indicator, by.Plan));
        faults.ThrowIfAny();
        return new Measurement(date!.Value, value.Value, value.GroupSize, by.Side);
    }
}
