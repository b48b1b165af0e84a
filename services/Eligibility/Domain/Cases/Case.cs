using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.Eligibility.Domain.Cases;

/// <summary>
/// An initiative to a partnership, and all that is found and decided about it. It keeps the guideline pack that it
/// began under.
/// </summary>
public sealed partial class Case : Platform.Persistence.Aggregate
{
    private static readonly CaseState[] Editable = [CaseState.Draft, CaseState.Dialogue, CaseState.PreliminaryAssessment];

    private static readonly CaseState[] Undecided =
        [CaseState.Draft, CaseState.Dialogue, CaseState.PreliminaryAssessment, CaseState.LegalAssessment, CaseState.Routed, CaseState.DecisionPending];

    private Case()
    {
    }

    /// <summary>Opens a case under the pack that holds.</summary>
    public Case(string municipality, string guidelinePack, CaseContent content)
        : base(municipality)
    {
        GuidelinePack = guidelinePack;
        Take(content);
    }

    public CaseState State { get; private set; }

    public string GuidelinePack { get; private set; } = "";

    public string Organisation { get; private set; } = "";

    /// <summary>Kind of the purchase, by which other cases of the kind find this one.</summary>
    public string PurchaseKind { get; private set; } = "";

    /// <summary>The organisations that are parties, for lists and for the right to see.</summary>
    public IReadOnlyList<string> Organisations { get; private set; } = [];

    public CaseContent Facts { get; private set; } = new();

    public IReadOnlyList<RecordedAnswer> Answers { get; private set; } = [];

    public IReadOnlyList<RecordedMotivation> Motivations { get; private set; } = [];

    public IReadOnlyList<DialogueEntry> Dialogue { get; private set; } = [];

    public CompletedAssessment? PreliminaryAssessment { get; private set; }

    public IReadOnlyList<LegalAssessment> LegalAssessments { get; private set; } = [];

    /// <summary>All who have ever assessed the case, and so may not decide it.</summary>
    public IReadOnlyList<string> Assessors { get; private set; } = [];

    public Decision? Decision { get; private set; }

    public Instrument? RoutedInstrument { get; private set; }

    public Proposal? Proposal { get; private set; }

    public string ReturnReason { get; private set; } = "";

    public string WithdrawalReason { get; private set; } = "";

    public override string Name => ResourceName.Of(Municipality, "cases", Id);

    /// <summary>A municipal matter is handed over, so that the agreement needs follow-up and insight whatever the pack says.</summary>
    public bool RequiresFollowUpAndInsight =>
        (CurrentAssessment(LegalAssessmentKind.Renewal)?.SaysHandedOver ?? CurrentAssessment(LegalAssessmentKind.Full)?.SaysHandedOver) == true;

    /// <summary>Changes the facts; never the state.</summary>
    public void Revise(CaseContent content)
    {
        MustBeIn(Editable);
        Take(content);
    }

    /// <summary>Takes in what the register now says of the organisations. What it was not asked stays as it was last told.</summary>
    public void Refresh(IReadOnlyDictionary<string, RegisteredOrganisation> register) => Facts = Facts with
    {
        Parties = [.. Facts.Parties.Select(party => register.TryGetValue(party.Organisation, out var registered)
            ? party with { Registered = WithWhatWasNotAsked(registered, party.Registered) }
            : party)],
    };

    private static RegisteredOrganisation WithWhatWasNotAsked(RegisteredOrganisation now, RegisteredOrganisation? before)
    {
        if (before is null)
        {
            return now;
        }

        now = now.Funding is null ? now with { Funding = before.Funding } : now;
        return now.Received is null ? now with { Documents = before.Documents, Asked = before.Asked, Received = before.Received } : now;
    }

    /// <summary>Takes in what the municipality's list of goals now holds.</summary>
    public void Refresh(KnownGoals goals) => Facts = Facts with { KnownGoals = goals };

    /// <summary>Records a step of the dialogue; the first one ends the draft. The parties go on meeting after the decision.</summary>
    public void Record(DialogueEntry entry)
    {
        MustBeIn([.. Undecided, CaseState.Approved]);
        Dialogue = [.. Dialogue, entry with { Number = Dialogue.Count + 1 }];
        State = State == CaseState.Draft && entry.IsOfTheParties ? CaseState.Dialogue : State;
    }

    /// <summary>Records answers and motivations, all or none; the first ones begin the preliminary assessment.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="motivations">The motivations.</param>
    /// <param name="pack">The pack that says what can be answered and motivated.</param>
    /// <param name="speaks">For whom the one who records speaks: what is the deciding body's is motivated by it alone.</param>
    public void Record(IReadOnlyList<RecordedAnswer> answers, IReadOnlyList<RecordedMotivation> motivations, GuidelinePack pack,
        MotivationBy speaks = MotivationBy.Officer)
    {
        var isOfLaterSteps = answers.Count == 0 && motivations.All(motivation => IsOfLaterStep(motivation, pack));
        MustBeIn(isOfLaterSteps ? [.. Undecided.Except([CaseState.Draft]), CaseState.Approved] : [CaseState.Dialogue, CaseState.PreliminaryAssessment]);
        AnswerRules.Check(answers, motivations, pack, speaks);
        Answers =
        [
            .. Answers.Where(old => !answers.Any(answer => answer.RuleId == old.RuleId && answer.QuestionKey == old.QuestionKey)),
            .. answers.Where(answer => !answer.IsEmpty),
        ];
        Motivations =
        [
            .. Motivations.Where(old => !motivations.Any(motivation => motivation.RuleId == old.RuleId)),
            .. motivations.Where(motivation => motivation.Text.Length > 0),
        ];
        State = State == CaseState.Dialogue ? CaseState.PreliminaryAssessment : State;
    }

    // ga-idea-meeting-before-agreement: a step that comes first before the agreement is motivated when it comes to that.
    private static bool IsOfLaterStep(RecordedMotivation motivation, GuidelinePack pack) => pack.Steps.Any(step =>
        step.Provenance.RuleId == motivation.RuleId && step.Gate?.Before is GateMoment.Agreement or GateMoment.Signing);

    /// <summary>Ends the case at either side's wish. It says nothing against the organisation.</summary>
    public void Withdraw(string reason)
    {
        MustBeInEvenPaused(Undecided);
        WithdrawalReason = reason;
        State = CaseState.Withdrawn;
    }

    // What other cases of the kind showed is looked at anew before it is used; until then it stays.
    private void Take(CaseContent content)
    {
        PurchaseKind = content.Procurement.PurchaseKind;
        Facts = content.Procurement.PurchaseKind == Facts.Procurement.PurchaseKind
            ? content with { Procurement = content.Procurement with { Known = Facts.Procurement.Known }, KnownGoals = Facts.KnownGoals }
            : content with { KnownGoals = Facts.KnownGoals };
        Organisation = content.Organisation;
        Organisations = [.. content.Organisations];
    }

    private void MustBeIn(params CaseState[] allowed)
    {
        MustBeInEvenPaused(allowed);
        if (Pause is not null)
        {
            throw Refusal.Precondition("CASE_PAUSED", Name);
        }
    }

    private void MustBeInEvenPaused(params CaseState[] allowed)
    {
        if (!allowed.Contains(State))
        {
            throw Refusal.State("CASE_STATE_NOT_ALLOWED", Name, Codes.Of(State), allowed.Select(state => Codes.Of(state)));
        }
    }
}
