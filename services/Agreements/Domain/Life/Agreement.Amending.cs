using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.Agreements.Domain;

/// <summary>
/// New versions. A draft of one is an agreement of its own beside the one in force, so that it is written, negotiated,
/// approved and signed by the same steps; when all have signed, the agreement in force takes its text.
/// </summary>
public sealed partial class Agreement
{
    // What a renewed legal check is for: whom the partnership helps, and to what end.
    private static readonly string[] PurposeSections = ["goals", "target-group", "strategies"];

    /// <summary>The agreement that this is a draft of a new version of.</summary>
    public Guid? Amends { get; private set; }

    /// <summary>What its parties sign.</summary>
    public SignedDocument SignedDocument => Amends is null ? SignedDocument.Agreement
        : Life.Amendment!.Kind == AmendmentKind.Extension ? SignedDocument.Extension : SignedDocument.Amendment;

    /// <summary>Makes the draft of the next version. Nothing of the agreement in force changes.</summary>
    public Agreement Amend(PartySide side, string partyId, string reason, DateOnly today, AgreementWriter writer)
    {
        MustBe([.. Binding]);
        return DraftNext(new AmendmentOf(Id, Version, AmendmentKind.Amendment, today, partyId, reason) { LatestEnd = Terms.EndDate!.Value }, Terms, side, writer);
    }

    /// <summary>Makes the draft of a version with a longer term. Never silently: it is negotiated and signed as any other.</summary>
    public Agreement Extend(PartySide side, string partyId, string reason, int months, AgreementRules rules, DateOnly today, AgreementWriter writer)
    {
        MustBe(AgreementState.Active);
        var agreed = Terms.Extension;
        var length = months == 0 ? agreed.Months : months;
        MustBeExtendable(rules.Extension, length);
        MustHaveTalkedAndEvaluated(reason);
        var end = Term.End(Terms.EndDate!.Value.AddDays(1), length);
        var terms = Term.FollowMovedTerm(Terms, Terms with { EndDate = end }, rules.FollowUp);
        if (Life.ExtensionCount + 1 >= MostExtensions(rules.Extension))
        {
            terms = terms with { FollowUp = terms.FollowUp with { RenewalTalksDate = null } };
        }

        return DraftNext(new AmendmentOf(Id, Version, AmendmentKind.Extension, today, partyId, reason) { LatestEnd = end }, terms, side, writer);
    }

    /// <summary>Whether signing this draft needs a renewed legal check of the case.</summary>
    public bool NeedsLegalCheck(Agreement inForce) =>
        Life.Amendment!.Kind == AmendmentKind.Extension || !Purpose(this).SequenceEqual(Purpose(inForce));

    /// <summary>Holds a draft to what its kind may change: a term grows by an extension, and by no other way.</summary>
    public void MustKeepTerm(Agreement inForce)
    {
        var (amendment, terms) = (Life.Amendment!, Terms);
        var grows = terms.EndDate > inForce.Terms.EndDate;
        if (terms.StartDate != inForce.Terms.StartDate || terms.EndDate > amendment.LatestEnd || (amendment.Kind == AmendmentKind.Extension && !grows))
        {
            throw Refusal.Precondition("TERM_NOT_AMENDABLE", Name, ("date", Phrases.Date(amendment.LatestEnd)));
        }
    }

    /// <summary>Takes the text of a draft that all have signed. What was signed before is kept as its own version.</summary>
    public void Adopt(Agreement draft, DateTimeOffset now)
    {
        if (!Binding.Contains(State) || now.DayInSweden() > LastDay || draft.Life.Amendment!.FromVersion != Version)
        {
            throw Refusal.Precondition("AMENDED_AGREEMENT_ENDED", Name, ("state", Word(State)));
        }

        var extends = draft.Life.Amendment.Kind == AmendmentKind.Extension;
        (Version, Terms, Organisations, Sections) = (draft.Version, draft.Terms, draft.Organisations, draft.Sections);
        (CanonicalText, TextHash, Approvals, TextAgreedTime) = (draft.CanonicalText, draft.TextHash, draft.Approvals, draft.TextAgreedTime);

        // One that has left is kept as one that has been a party, until it is told so and for the record.
        (Aid, Members) = (draft.Aid, [.. Members.Where(member => member.LeaveTime is not null && draft.Members.All(other => other.Municipality != member.Municipality)), .. draft.Members]);

        // What the law demands of the text, by a renewed assessment or by that of a municipality that has come in.
        Origin = Origin with { MunicipalMatter = draft.Origin.MunicipalMatter };
        NoteEntrustment(draft.Origin.Entrustment);
        (Signatures, FixedRequirements) = ([.. Signatures, .. draft.Signatures], draft.FixedRequirements);
        SigningEvidence = [.. SigningEvidence, .. draft.SigningEvidence.Where(evidence => evidence.Counts).Select((evidence, i) => evidence with { Number = SigningEvidence.Count + i + 1 })];
        Life = Life with
        {
            OpenAmendment = null,
            Departures = draft.Life.Departures,
            ExtensionCount = Life.ExtensionCount + (extends ? 1 : 0),
            ExtendTime = extends ? now : Life.ExtendTime,
        };
    }

    /// <summary>The draft of the next version was given up.</summary>
    public void DropAmendment() => Life = Life with { OpenAmendment = null };

    /// <summary>
    /// he-evaluation-shows-solved: what the follow-up found, in whatever state the agreement is when it hears of it. The one
    /// completed last decides, whichever was heard of last.
    /// </summary>
    public void RecordEvaluation(EvaluationNote note) =>
        Life = Life with { Evaluations = [.. Life.Evaluations.Append(note).OrderBy(evaluation => evaluation.CompleteTime)] };

    private Agreement DraftNext(AmendmentOf amendment, AgreementTerms terms, PartySide side, AgreementWriter writer)
    {
        if (Life.OpenAmendment is { } open)
        {
            throw Refusal.Precondition("AMENDMENT_OPEN", Name, ("amendment", Platform.Tenancy.ResourceName.Of(Municipality, Collection, open)));
        }

        var draft = new Agreement(Municipality)
        {
            CaseName = CaseName,
            PackName = PackName,
            Origin = Origin,
            Committees = Committees,
            CommitteesOnly = CommitteesOnly,
            CommitteesSequence = CommitteesSequence,
            State = AgreementState.Drafting,
            DraftingSide = side,
            Version = Version + 1,
            Amends = Id,
            Life = new AgreementLife { Amendment = amendment, Departures = Life.Departures },
            Members = [.. Members.Where(member => member.LeaveTime is null).Select(member => member with { TextDecision = null })],
            Aid = Aid,
        };
        draft.Rewrite(terms.Without(Terms.Parties.Select(party => party.PartyId).Where(HasLeft).ToHashSet()), [.. Sections.Select(section => section with { Approvals = [] })], writer);
        Life = Life with { OpenAmendment = draft.Id };
        return draft;
    }

    // he-period-extension-count-length: as many and as long as the parties and the guideline have said, and no more.
    private void MustBeExtendable(ExtensionRule rule, int months)
    {
        if (!Terms.Extension.Allowed || !rule.Allowed)
        {
            throw Refusal.Precondition("EXTENSION_NOT_ALLOWED", Name);
        }

        if (Life.ExtensionCount >= MostExtensions(rule))
        {
            throw Refusal.Precondition("EXTENSIONS_USED", Name, ("count", $"{MostExtensions(rule)}"));
        }

        var longest = rule.MaxMonths > 0 ? Math.Min(rule.MaxMonths, Terms.Extension.Months) : Terms.Extension.Months;
        if (months > longest)
        {
            throw Refusal.Precondition("EXTENSION_TOO_LONG", Name, ("months", $"{longest}"));
        }

        if (Life.EarlyEnd is not null)
        {
            throw Refusal.Precondition("ENDING_DECIDED", Name, ("date", Phrases.Date(LastDay!.Value)));
        }
    }

    private int MostExtensions(ExtensionRule rule) => rule.MaxCount > 0 ? Math.Min(rule.MaxCount, Terms.Extension.MaxCount) : Terms.Extension.MaxCount;

    private void MustHaveTalkedAndEvaluated(string reason)
    {
        var since = Life.ExtendTime ?? ActivateTime!.Value;
        var counted = Life.Talks.Where(talks => Counts(talks.HeldDate)).ToList();
        if (Terms.FollowUp.RenewalTalksDate is not null && counted.Count == 0)
        {
            throw Refusal.Precondition("TALKS_MISSING", Name);
        }

        var evaluations = Joined.Select(member => member.Municipality).Prepend("").Select(whose =>
            Life.Evaluations.LastOrDefault(note => note.Municipality == whose && note.CompleteTime >= since) ?? throw Refusal.Precondition("EVALUATION_MISSING", Name)).ToList();

        // What the parties do against the grain they say why: after a poor result, or when they talked later than agreed.
        var isLate = counted.Count > 0 && counted.TrueForAll(talks => talks.Late);
        if ((isLate || evaluations.Exists(evaluation => evaluation.Verdict is not (Verdict.Solved or Verdict.Partly))) && reason.Length == 0)
        {
            throw Refusal.Input(new FieldFault("reason", "FIELD_REQUIRED"));
        }
    }

    private static IEnumerable<string> Purpose(Agreement agreement) =>
        agreement.Terms.Goals.Select(goal => goal.Text)
            .Concat(agreement.Sections.Where(section => PurposeSections.Contains(section.Key)).Select(section => section.IsIncluded ? $"{section.Key}: {section.Text}" : ""));
}
