using System.Text.RegularExpressions;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Platform.Errors;

namespace Iop.Eligibility.Domain.Cases;

/// <content>The decision.</content>
public sealed partial class Case
{
    /// <summary>Decides the case. The one who decides has not assessed it (<c>li-board-decides</c>).</summary>
    public void Decide(Decision decision, GuidelinePack pack)
    {
        MustBeIn(CaseState.DecisionPending);
        MustNotBeRecused(decision.DecidedBy);
        if (Assessors.Contains(decision.DecidedBy))
        {
            throw Refusal.Precondition("ASSESSOR_CANNOT_DECIDE", Name, OwnCase(pack));
        }

        // A no takes two: one who proposes the case for decision cannot also turn it down.
        if (decision.Outcome == DecisionOutcome.Declined && Proposal?.ProposedBy == decision.DecidedBy)
        {
            throw Refusal.Precondition("PROPOSER_CANNOT_DECLINE", Name);
        }

        if (!pack.Decision.SelfApprovalAllowed && HasHandled(decision.DecidedBy))
        {
            throw Refusal.Precondition("HANDLER_CANNOT_DECIDE", Name, OwnCase(pack));
        }

        var assessment = MustBeLegallyPossible();
        if (FaultsIn(decision, assessment, pack) is { Count: > 0 } faults)
        {
            throw Refusal.Input(faults);
        }

        Decision = decision with { GuidelinePack = GuidelinePack, BodyKind = decision.BodyKind ?? pack.Decision.Bodies[0], BasisDocuments = BasisOf(decision, pack) };
        State = decision.Outcome == DecisionOutcome.Approved ? CaseState.Approved : CaseState.Declined;
    }

    /// <summary>Tells when the decision was announced, and when it becomes final.</summary>
    public void Announce(DateOnly publishedOn, DateOnly? finalOn)
    {
        MustBeInEvenPaused(CaseState.Approved, CaseState.Declined);
        if (publishedOn < Decision!.Date)
        {
            throw Refusal.Input(new FieldFault("announce_date", "DATE_ORDER", ("after", $"{Decision.Date:yyyy-MM-dd}")));
        }

        Decision = Decision with { PublishedOn = publishedOn, FinalOn = finalOn };
    }

    // The rule that forbids it, where it is the guideline that does and not the platform alone.
    private static (string Key, string Value) OwnCase(GuidelinePack pack) =>
        ("rule", pack.Decision.SelfApprovalAllowed ? "" : pack.Decision.Provenance.RuleId ?? "");

    // li-board-decides: who has handled the case, by answering or by putting it forward, decides it no more than who assessed it.
    private bool HasHandled(string person) =>
        Proposal?.ProposedBy == person || Answers.Any(answer => answer.AnsweredBy == person);

    // li-decision-basis-documents: what the guideline names as basis is cited, whatever else the decision rests on.
    private static List<BasisDocument> BasisOf(Decision decision, GuidelinePack pack)
    {
        var named = pack.Documents.Where(document => document.Set == DocumentSet.DecisionBasis).ToList();
        return
        [
            .. named.Select(document => new BasisDocument(
                document.Type,
                document.Text.Sv,
                decision.BasisDocuments.FirstOrDefault(own => own.Type == document.Type)?.ReferenceNumber ?? "",
                document.Provenance.RuleId ?? "")),
            .. decision.BasisDocuments.Where(own => own.Type.Length == 0),
        ];
    }

    /// <summary>Whether a reference number has the form that the pack demands.</summary>
    public static bool HasForm(string reference, GuidelinePack pack) =>
        Regex.Match(reference, pack.CaseReference.Pattern, RegexOptions.NonBacktracking) is { Success: true, Index: 0 } match && match.Length == reference.Length;

    private static List<FieldFault> FaultsIn(Decision decision, LegalAssessment assessment, GuidelinePack pack)
    {
        var faults = new List<FieldFault>();
        if (decision.Date < assessment.Date)
        {
            faults.Add(new FieldFault("decision.date", "DATE_ORDER", ("after", $"{assessment.Date:yyyy-MM-dd}")));
        }

        if (!HasForm(decision.ReferenceNumber, pack))
        {
            faults.Add(new FieldFault("decision.reference_number", "REFERENCE_NUMBER_FORMAT", ("example", pack.CaseReference.Example)));
        }

        // C2, li-board-decides, ga-board-may-enter: the guideline says which body decides.
        if (decision.BodyKind is { } body && !pack.Decision.Bodies.Contains(body))
        {
            faults.Add(new FieldFault("decision.body_kind", "DECISION_BODY_NOT_ALLOWED", ("body", pack.Decision.Text.Sv)));
        }

        if (decision.Delegation.Length > 0 && !pack.Decision.DelegationAllowed)
        {
            faults.Add(new FieldFault("decision.delegation", "DELEGATION_NOT_ALLOWED"));
        }

        // law.md 2.3: a matter of principle is the body's own, whatever the guideline lets it delegate.
        if (decision is { Delegation.Length: > 0, MatterOfPrinciple: true })
        {
            faults.Add(new FieldFault("decision.delegation", "MATTER_OF_PRINCIPLE_DELEGATED"));
        }

        for (var i = 0; i < decision.BasisDocuments.Count; i++)
        {
            if (decision.BasisDocuments[i] is { Type.Length: > 0 } own
                && !pack.Documents.Any(document => document.Set == DocumentSet.DecisionBasis && document.Type == own.Type))
            {
                faults.Add(new FieldFault($"decision.basis_documents[{i}].type", "DOCUMENT_TYPE_UNKNOWN"));
            }
        }

        // No organisation is turned down unheard.
        if (decision is { Outcome: DecisionOutcome.Declined, OrganisationHeard: false })
        {
            faults.Add(new FieldFault("decision.organisation_heard", "ORGANISATION_NOT_HEARD"));
        }

        return faults;
    }
}
