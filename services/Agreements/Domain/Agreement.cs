using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Domain;

/// <summary>
/// An agreement from its draft to its last signature. Terms and sections are replaced as wholes; each replacement
/// rewrites the canonical text, so that text, hash and data are of one moment.
/// </summary>
public sealed partial class Agreement : Aggregate
{
    public const string Collection = "agreements";
    /// <summary>States in which the case is free for another agreement.</summary>
    public static readonly IReadOnlyList<AgreementState> Ended =
        [AgreementState.Expired, AgreementState.Terminated, AgreementState.Rescinded, AgreementState.WoundDown, AgreementState.Archived, AgreementState.Adopted, AgreementState.Withdrawn];

    private static readonly AgreementState[] Open =
        [AgreementState.Drafting, AgreementState.InNegotiation, AgreementState.TextAgreed, AgreementState.AwaitingDecision];

    private Agreement()
    {
    }

    private Agreement(string municipality)
        : base(municipality)
    {
    }

    public override string Name => ResourceName.Of(Municipality, Collection, Id);

    public string CaseName { get; private set; } = "";

    public string PackName { get; private set; } = "";

    /// <summary>What the case knew and the agreement keeps.</summary>
    public Origin Origin { get; private set; } = new();

    public AgreementState State { get; private set; }

    public PartySide DraftingSide { get; private set; }

    public int Version { get; private set; }

    public AgreementTerms Terms { get; private set; } = new();

    /// <summary>Names of the organisations that are parties: what lists are filtered by.</summary>
    public List<string> Organisations { get; private set; } = [];

    public IReadOnlyList<Section> Sections { get; private set; } = [];

    public string CanonicalText { get; private set; } = "";

    public string TextHash { get; private set; } = "";

    public IReadOnlyList<Approval> Approvals { get; private set; } = [];

    public IReadOnlyList<Signature> Signatures { get; private set; } = [];

    /// <summary>Who must sign, fixed when signing was opened; empty while the text is open.</summary>
    public IReadOnlyList<SignatureRequirement> FixedRequirements { get; private set; } = [];

    public DateTimeOffset? ShareTime { get; private set; }

    public DateTimeOffset? TextAgreedTime { get; private set; }

    public DateTimeOffset? ActivateTime { get; private set; }

    /// <summary>Draws up an agreement in DRAFTING.</summary>
    public static Agreement DrawUp(string municipality, CaseFacts facts, AgreementTerms terms, IReadOnlyList<Section> sections, PartySide draftingSide, AgreementWriter writer)
    {
        var agreement = new Agreement(municipality)
        {
            CaseName = facts.CaseName,
            PackName = facts.PackName,
            Origin = facts.Origin,
            Committees = facts.Committees.All,
            CommitteesOnly = facts.Committees.Only,
            State = AgreementState.Drafting,
            DraftingSide = draftingSide,
            Version = 1,
            Sections = sections,
            Life = new AgreementLife { Departures = facts.Departures },
        };
        agreement.Rewrite(terms, sections, writer);
        return agreement;
    }

    /// <summary>A draft is seen only by the side that draws it up. An outsider never sees anything.</summary>
    public bool IsVisibleTo(PartySide side) =>
        side != PartySide.Unspecified && (State != AgreementState.Drafting || side == DraftingSide);

    /// <summary>Replaces the terms. he-parties-agree-wording: what was approved was another text.</summary>
    public void ChangeTerms(AgreementTerms terms, AgreementWriter writer)
    {
        MustBeOpen();
        Rewrite(terms, Sections, writer);
        VoidApprovals();
    }

    /// <summary>Opens the draft to the other side. It is an official document from then on.</summary>
    public void Share(DateTimeOffset now)
    {
        MustBe(AgreementState.Drafting);
        State = AgreementState.InNegotiation;
        ShareTime = now;
    }

    /// <summary>Approves the text for one party. The last party's approval makes the text agreed.</summary>
    /// <returns>Whether anything changed: the same approval twice is one.</returns>
    public bool Approve(string partyId, string approvedBy, string textHash, IReadOnlyList<Finding> findings, DateTimeOffset now, string personRef = "")
    {
        if (State is AgreementState.InNegotiation or AgreementState.TextAgreed or AgreementState.AwaitingDecision && textHash == TextHash && Approvals.Any(approval => approval.PartyId == partyId))
        {
            return false;
        }

        MustBe(AgreementState.InNegotiation);
        MustBeText(textHash);
        MustPass(findings);
        MustHaveReasons(findings);
        MustKeepSidesApart(partyId, personRef, Approvals.Select(approval => (approval.PartyId, approval.PersonRef)));
        Approvals = [.. Approvals, new Approval(partyId, approvedBy, textHash, now) { PersonRef = personRef }];
        if (Terms.Parties.All(party => Approvals.Any(approval => approval.PartyId == party.PartyId)))
        {
            State = AwaitsDecision ? AgreementState.AwaitingDecision : AgreementState.TextAgreed;
            TextAgreedTime = now;
        }

        return true;
    }

    private void Rewrite(AgreementTerms terms, IReadOnlyList<Section> sections, AgreementWriter writer)
    {
        terms = Linked(terms);

        // Whatever is written, and whenever the law's demand was found, its headings are there.
        var text = writer.Write(terms, JointSections.WithLaw(Origin, sections, writer.Phrases));
        Terms = terms;
        Organisations = [.. terms.Parties.Where(party => party.Side == PartySide.CivilSociety).Select(party => party.Organisation)];
        var before = Sections.ToDictionary(section => section.SectionId, StringComparer.Ordinal);
        Sections = [.. text.Sections.Select(section => WithApprovalsOf(section, before.GetValueOrDefault(section.SectionId)))];
        (CanonicalText, TextHash) = (text.Canonical, text.Hash);
    }

    private void VoidApprovals()
    {
        Approvals = [];
        TextAgreedTime = null;
        TextDecision = null;
        Members = [.. Members.Select(member => member with { TextDecision = null })];
        if (State is AgreementState.TextAgreed or AgreementState.AwaitingDecision)
        {
            State = AgreementState.InNegotiation;
        }
    }

    /// <summary>Refuses when the text is no longer open: there is nothing left to talk about then.</summary>
    public void MustBeOpenToTalk() => MustBeOpen();

    /// <summary>Refuses unless both sides see the text and may still change it.</summary>
    public void MustBeShared() => MustBe(AgreementState.InNegotiation, AgreementState.TextAgreed, AgreementState.AwaitingDecision);

    /// <summary>Refuses when no document can come to be of use: as an annex, or as what was signed.</summary>
    public void MustTakeDocuments() => MustBe([.. Open, AgreementState.AwaitingSignatures]);

    private void MustBeOpen() => MustBe(Open);

    private void MustBe(params AgreementState[] allowed)
    {
        if (!allowed.Contains(State))
        {
            throw Refusal.State("AGREEMENT_STATE_NOT_ALLOWED", Name, Word(State), allowed.Select(Word));
        }
    }

    private void MustBeText(string textHash)
    {
        if (textHash != TextHash)
        {
            throw Refusal.Precondition("TEXT_HASH_MISMATCH", Name, ("text_hash", TextHash));
        }
    }

    // he-equal-parties: nobody binds both sides of one agreement, however many roles a person has.
    private void MustKeepSidesApart(string partyId, string personRef, IEnumerable<(string PartyId, string PersonRef)> said)
    {
        var side = Terms.PartyWith(partyId)?.Side;
        if (personRef.Length > 0 && said.Any(one => one.PersonRef == personRef && Terms.PartyWith(one.PartyId)?.Side != side))
        {
            throw Refusal.Denied("ACTS_FOR_BOTH_SIDES", ("party", partyId));
        }
    }

    private void MustPass(IReadOnlyList<Finding> findings)
    {
        var blocking = findings.Where(finding => finding.Blocking).Select(finding => finding.Label).Distinct().ToList();
        if (blocking.Count > 0)
        {
            throw Refusal.Precondition("AGREEMENT_CHECK_FAILED", Name, ("rules", string.Join(", ", blocking)));
        }
    }

    public static string Word(AgreementState state) => state.ToUpperSnake();
}
