using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Memo;

/// <content>What the case is about.</content>
public sealed partial class MemoWriter
{
    private MemoSection Initiative() => new SectionDraft("initiative")
        .Tell("activity", Named(_facts.ActivityInitiator))
        .Tell("form", Named(_facts.FormProposer))
        .Tell("date", Day(_facts.InitiativeDate))
        .Tell("description", _facts.InitiativeDescription)
        .Done();

    private MemoSection Parties() => new SectionDraft("parties")
        .Table("parties", [.. _facts.Parties.Select<CaseParty, IReadOnlyList<string>>(party =>
        [
            party.DisplayName,
            Words.For(party.Side).Sv,
            YesOrNo(party.Lead),
            party.Funding is { } funding ? Words.For(funding).Sv : MemoTexts.Of(party.Side == PartySide.Public ? "form.cellMissing" : "form.none"),
            OrNone(party.BudgetCode),
        ])])
        .Table("remarks", [.. _facts.Parties.Where(party => IsShown(party.Organisation)).SelectMany<CaseParty, IReadOnlyList<string>>(party => (party.Registered?.Remarks ?? []).Select(remark => new[] { party.DisplayName, remark }))])
        .Done();

    private MemoSection Need() => new SectionDraft("need")
        .Tell("challenge", _facts.Challenge)
        .TellIf("challengeCodes", Named(Classification.Challenges, _facts.ChallengeCodes))
        .Tell("need", _facts.Need)
        .Tell("existing", _facts.ExistingServices)
        .Tell("added", _facts.AddedValue)
        .TellIf("scope", _facts.Scope)
        .TellIf("outOfScope", _facts.OutOfScope)
        .TellIf("interest", _facts.MunicipalInterest)
        .TellIf("rationales", string.Join(' ', pack.Rationales.Where(rationale => _facts.Rationales.Contains(rationale.Key)).Select(rationale => rationale.Text.Sv)))
        .TellIf("domain", pack.Scope.Domains.FirstOrDefault(domain => domain.Key == _facts.Domain)?.Text.Sv ?? "")
        .Done();

    private MemoSection Goals()
    {
        var section = new SectionDraft("goals")
            .Tell("targetGroup", _facts.TargetGroup)
            .TellIf("targetGroupCodes", Named(Classification.TargetGroups, _facts.TargetGroupCodes))
            .SayIf(_facts.Goals.Count == 0, "noGoals")
            .Tell("start", Day(_facts.PlannedStartDate))
            .Tell("term", _facts.PlannedTermMonths > 0 ? MemoTexts.Of("form.months", _facts.PlannedTermMonths) : null)
            .TellIf("extensions", _facts.PlannedExtensionCount > 0
                ? MemoTexts.Of("goals.extensionsOf", _facts.PlannedExtensionCount, _facts.PlannedExtensionMonths) : "")
            .TellIf("values", _facts.JointValues);
        return section
            .Table("goals", [.. _facts.Goals.Select<Goal, IReadOnlyList<string>>(goal =>
                [goal.Text, OrMissing(Swedish.List([.. goal.AgreedBy.Select(NameOf)])), OrMissing(goal.PublicBenefit)])])
            .Table("programmes", [.. _facts.ProgrammeLinks.Select<Programme, IReadOnlyList<string>>(link =>
                [link.Title, OrMissing(Day(link.AdoptedDate)), OrMissing(link.Section)])])
            .Table("municipal", [.. _facts.MunicipalGoalLinks.Select<GoalLink, IReadOnlyList<string>>(link => [MunicipalGoal(link.Goal), OrMissing(link.Description)])])
            .Done();
    }

    private MemoSection Dialogue()
    {
        if (@case.Dialogue.Count == 0)
        {
            return new SectionDraft("dialogue").Say("none").Done();
        }

        var heard = @case.Dialogue.Any(entry => entry.Kind == DialogueKind.OtherOrganisationsHeard);
        return new SectionDraft("dialogue")
            .Say(heard ? "othersHeard" : "othersNotHeard")
            .Table("meetings", [.. @case.Dialogue.Select<DialogueEntry, IReadOnlyList<string>>(entry =>
                [Swedish.Date(entry.Date), Words.For(entry.Kind).Sv, OrMissing(string.Join(", ", entry.Participants)), OrNone(OutcomeOf(entry))])])
            .Done();
    }

    private static string OutcomeOf(DialogueEntry entry) => string.Join("; ",
        entry.Topics.Concat([entry.Activity, entry.TargetGroup, entry.Goals, entry.Quality, entry.Values, entry.Other]).Where(text => text.Length > 0));

    private static string Named(IReadOnlyList<Code> vocabulary, IReadOnlyList<string> codes) =>
        Swedish.List([.. vocabulary.Where(code => codes.Contains(code.Key)).Select(code => code.Text.Sv.ToLowerInvariant())]);

    private static string? Named(Initiator? initiator) => initiator is { } known ? Words.For(known).Sv : null;

    private string NameOf(string partyId) => _facts.Parties.First(party => party.PartyId == partyId).DisplayName;

    private string MunicipalGoal(string number) =>
        _facts.KnownGoals.Linked.FirstOrDefault(goal => goal.Code == number) is { } own ? $"{number}. {own.Text.Sv}"
        : pack.Policy.Goals.FirstOrDefault(goal => goal.Number == number) is { } goal ? $"{number}. {goal.Text.Sv}" : number;
}
