using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Domain.Negotiation;

public enum ProposalState
{
    Unspecified,
    Open,
    Accepted,
    Declined,
    Withdrawn,
}

/// <summary>A new text for a section. The other side accepts or declines it; accepted, it is the edit.</summary>
public sealed class Proposal : Aggregate
{
    public const string Collection = "proposals";

    private Proposal()
    {
    }

    private Proposal(string municipality)
        : base(municipality)
    {
    }

    public override string Name => $"{ResourceName.Of(Municipality, Domain.Agreement.Collection, Agreement)}/{Collection}/{Id}";

    /// <summary>Id of the agreement.</summary>
    public Guid Agreement { get; private set; }

    public ProposalState State { get; private set; }

    public string SectionId { get; private set; } = "";

    public string Text { get; private set; } = "";

    public string Motivation { get; private set; } = "";

    /// <summary>The section's text when the proposal was made.</summary>
    public string BaseText { get; private set; } = "";

    public PartySide Side { get; private set; }

    public string Author { get; private set; } = "";

    public string AnsweredBy { get; private set; } = "";

    public string Answer { get; private set; } = "";

    /// <summary>What the proposal changes.</summary>
    public IReadOnlyList<TextRun> Runs => TextDiff.Of(BaseText, Text);

    public static Proposal For(Agreement agreement, string sectionId, string text, string motivation, PartySide side, string author)
    {
        agreement.MustBeShared();
        return new Proposal(agreement.Municipality)
        {
            Agreement = agreement.Id,
            State = ProposalState.Open,
            SectionId = sectionId,
            BaseText = agreement.SectionWith(sectionId).Text,
            Text = PlainText.Normalise(text),
            Motivation = motivation,
            Side = side,
            Author = author,
        };
    }

    /// <summary>Accepts for the other side: the section gets the text.</summary>
    public void Accept(Agreement agreement, PartySide side, string person, DateTimeOffset now, AgreementWriter writer)
    {
        MustBeOpenTo(side);
        agreement.MustBeShared();
        var section = agreement.SectionWith(SectionId);
        if (section.Text != BaseText)
        {
            throw Refusal.Precondition("PROPOSAL_OUTDATED", Name, ("section", SectionId), ("heading", section.Heading.Sv));
        }

        // The words are those of the side that proposed them.
        agreement.WriteSection(SectionId, section.Etag, new SectionEdit(Text, null, null), Side, now, writer);
        (State, AnsweredBy) = (ProposalState.Accepted, person);
    }

    public void Decline(PartySide side, string person, string reason)
    {
        MustBeOpenTo(side);
        (State, AnsweredBy, Answer) = (ProposalState.Declined, person, reason);
    }

    public void Withdraw(PartySide side)
    {
        MustBeOpen();
        if (side != Side)
        {
            throw Refusal.Precondition("PROPOSAL_OF_OTHER_SIDE", Name);
        }

        State = ProposalState.Withdrawn;
    }

    private void MustBeOpenTo(PartySide side)
    {
        MustBeOpen();
        if (side == Side)
        {
            throw Refusal.Precondition("PROPOSAL_OF_OWN_SIDE", Name);
        }
    }

    private void MustBeOpen()
    {
        if (State != ProposalState.Open)
        {
            throw Refusal.State("PROPOSAL_STATE_NOT_ALLOWED", Name, State.ToUpperSnake(), ProposalState.Open.ToUpperSnake());
        }
    }
}
