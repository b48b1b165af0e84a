using Google.Protobuf;
using Iop.FollowUp.Domain;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using Iop.Types.V1;
using DeviationStates = Iop.FollowUp.V1.Deviation.Types.State;
using DeviationTypes = Iop.FollowUp.V1.Deviation.Types.Type;
using IndicatorOutcomes = Iop.FollowUp.V1.Indicator.Types.Outcome;
using NoteStates = Iop.FollowUp.V1.LearningNote.Types.State;

namespace Iop.FollowUp.Api;

/// <summary>Deviations, indicators, contributions, knowledge and learning notes as the contract writes them.</summary>
internal static class PartMapping
{
    /// <summary>What a revision keeps of a part: all of it.</summary>
    public static IMessage Snapshot(this PlanPart part, DateOnly day) => part switch
    {
        CheckIn checkIn => checkIn.ToProto(day),
        Report report => report.ToProto(day),
        Evaluation evaluation => evaluation.ToProto(day),
        Deviation deviation => deviation.ToProto(day),
        OvercompensationCheck check => check.ToProto(day),
        Indicator indicator => indicator.ToProto(),
        ContributionEntry entry => entry.ToProto(),
        KnowledgeNote note => note.ToProto(),
        _ => throw new InvalidOperationException("A part of a plan is not in the contract."),
    };

    public static V1.Deviation ToProto(this Deviation deviation, DateOnly day) => new()
    {
        Name = deviation.Name,
        Type = (DeviationTypes)deviation.Type,
        Description = deviation.Description,
        NoticedDate = deviation.NoticedDate.ToProto(),
        DueDate = deviation.DueDate.ToProto(),
        State = deviation.State switch
        {
            DeviationState.Open => DeviationStates.Open,
            DeviationState.Disputed => DeviationStates.Disputed,
            _ => DeviationStates.Resolved,
        },
        Overdue = deviation.IsOverdueOn(day),
        RecordedBy = ((Side?)deviation.RecordedBy).ToProto(),
        Steps =
        {
            deviation.Steps.Select(s => new V1.DeviationStep
            {
                Description = s.Description, RecordedBy = ((Side?)s.By).ToProto(), RecordTime = s.Time.ToProto(),
            }),
        },
        Resolution = deviation.Resolution,
        ResolvedBy = deviation.ResolvedBy.ToProto(),
        ResolveTime = deviation.ResolveTime.ToProto(),
        Disputes = { deviation.Disputes },
        SettledDisputes = { deviation.Disputes.Intersect(deviation.SettledDisputes) },
        CreateTime = deviation.CreateTime.ToProto(),
        UpdateTime = deviation.UpdateTime.ToProto(),
        Etag = deviation.Etag,
    };

    public static V1.Indicator ToProto(this Indicator indicator)
    {
        var message = new V1.Indicator
        {
            Name = indicator.Name,
            DisplayName = indicator.DisplayName,
            Unit = indicator.Unit,
            AboutPeople = indicator.AboutPeople,
            Values =
            {
                indicator.Values.Select(v => new V1.IndicatorValue
                {
                    Date = v.Date.ToProto(), Value = v.Value, GroupSize = v.GroupSize, RecordedBy = ((Side?)v.By).ToProto(),
                }),
            },
            MinimumGroupSize = indicator.MinimumGroupSize,
            BaselineGroupSize = indicator.BaselineGroupSize,
            TargetGroupSize = indicator.TargetGroupSize,
            CreateTime = indicator.CreateTime.ToProto(),
            UpdateTime = indicator.UpdateTime.ToProto(),
            Etag = indicator.Etag,
            Outcome = indicator.Outcome switch
            {
                IndicatorOutcome.NoTarget => IndicatorOutcomes.NoTarget,
                IndicatorOutcome.NotMeasured => IndicatorOutcomes.NotMeasured,
                IndicatorOutcome.NotReached => IndicatorOutcomes.NotReached,
                _ => IndicatorOutcomes.Reached,
            },
            EarlierMeasures = { indicator.Earlier.Select(ToProto) },
        };
        if (indicator.Baseline is { } baseline)
        {
            message.Baseline = baseline;
        }

        if (indicator.Target is { } target)
        {
            message.Target = target;
        }

        return message;
    }

    private static V1.EarlierMeasure ToProto(EarlierMeasure earlier)
    {
        var message = new V1.EarlierMeasure
        {
            DisplayName = earlier.DisplayName,
            Unit = earlier.Unit,
            Reason = earlier.Reason,
            ChangedBy = ((Side?)earlier.By).ToProto(),
            ChangeTime = earlier.Time.ToProto(),
            BaselineGroupSize = earlier.BaselineGroupSize,
            TargetGroupSize = earlier.TargetGroupSize,
        };
        if (earlier.Baseline is { } baseline)
        {
            message.Baseline = baseline;
        }

        if (earlier.Target is { } target)
        {
            message.Target = target;
        }

        return message;
    }

    public static V1.ContributionEntry ToProto(this ContributionEntry entry) => new()
    {
        Name = entry.Name,
        PartyId = entry.PartyId,
        Side = ((Side?)entry.Side).ToProto(),
        Type = entry.Type.ToContributionType(),
        Description = entry.Description,
        PeriodStartDate = entry.PeriodStartDate.ToProto(),
        PeriodEndDate = entry.PeriodEndDate.ToProto(),
        Value = entry.Value.ToProto(),
        Hours = entry.Hours,
        State = entry.State == ContributionState.Recorded ? V1.ContributionEntry.Types.State.Recorded : V1.ContributionEntry.Types.State.Voided,
        VoidReason = entry.VoidReason,
        CreateTime = entry.CreateTime.ToProto(),
        UpdateTime = entry.UpdateTime.ToProto(),
        Etag = entry.Etag,
    };

    public static V1.ContributionBalance ToProto(this ContributionBalance balance) => new()
    {
        PartyId = balance.PartyId,
        Side = ((Side?)balance.Side).ToProto(),
        Type = balance.Type.ToContributionType(),
        PromisedValue = balance.PromisedValue.ToProto(),
        ReceivedValue = balance.ReceivedValue.ToProto(),
        PromisedHours = balance.PromisedHours,
        ReceivedHours = balance.ReceivedHours,
    };

    /// <summary>A type of contribution from its code; a code of a later contract is something else.</summary>
    public static ContributionType ToContributionType(this string code) => code switch
    {
        "MONEY" => ContributionType.Money,
        "STAFF" => ContributionType.Staff,
        "PREMISES" => ContributionType.Premises,
        "COMPETENCE" => ContributionType.Competence,
        "VOLUNTEER_HOURS" => ContributionType.VolunteerHours,
        "OVERHEAD" => ContributionType.Overhead,
        "MARKETING" => ContributionType.Marketing,
        _ => ContributionType.Other,
    };

    public static V1.KnowledgeNote ToProto(this KnowledgeNote note) => new()
    {
        Name = note.Name,
        Question = note.Question,
        Method = note.Method,
        GatheredBy = note.GatheredBy,
        Finding = note.Finding,
        RecordedBy = ((Side?)note.RecordedBy).ToProto(),
        CreateTime = note.CreateTime.ToProto(),
        UpdateTime = note.UpdateTime.ToProto(),
        Etag = note.Etag,
    };

    public static V1.LearningNote ToProto(this LearningNote note) => new()
    {
        Name = note.Name,
        Plan = ResourceName.Of(note.Municipality, Plan.Collection, note.PlanId),
        Title = note.Title,
        Text = note.Text,
        Domain = note.Domain,
        ChallengeCodes = { note.ChallengeCodes },
        TargetGroupCodes = { note.TargetGroupCodes },
        State = note.State switch
        {
            LearningNoteState.Draft => NoteStates.Draft,
            LearningNoteState.Published => NoteStates.Published,
            _ => NoteStates.Withdrawn,
        },
        Owner = ResourceName.OfMunicipality(note.Municipality),
        PublishTime = note.PublishTime.ToProto(),
        CreateTime = note.CreateTime.ToProto(),
        UpdateTime = note.UpdateTime.ToProto(),
        Etag = note.Etag,
    };

    public static V1.LearningNote ToProto(this Data.SharedLearningNote note) => new()
    {
        Name = ResourceName.Of(note.Municipality, LearningNote.Collection, note.Id),
        Title = note.Title,
        Text = note.Text,
        Domain = note.Domain,
        ChallengeCodes = { note.ChallengeCodes },
        TargetGroupCodes = { note.TargetGroupCodes },
        State = NoteStates.Published,
        Owner = ResourceName.OfMunicipality(note.Owner),
        PublishTime = note.PublishTime.ToProto(),
        CreateTime = note.CreateTime.ToProto(),
    };

    public static V1.SharingChoice ToProto(this SharingChoice choice) => new()
    {
        Name = choice.Name,
        LearningNotes = choice.LearningNotes,
        CreateTime = choice.Revision == 0 ? null : choice.CreateTime.ToProto(),
        UpdateTime = choice.Revision == 0 ? null : choice.UpdateTime.ToProto(),
        Etag = choice.Etag,
    };
}
