using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>A lesson for others, without personal data. Rule: es-dialogue-and-joint-learning.</summary>
public sealed class LearningNote : Aggregate
{
    /// <summary>The collection of learning notes.</summary>
    public const string Collection = "learningNotes";

    private LearningNote()
    {
    }

    /// <summary>Begins a note about what a partnership has taught.</summary>
    public LearningNote(Plan plan, string title, string text)
        : base(plan.Municipality)
    {
        (PlanId, Title, Text, Domain) = (plan.Id, title, text, plan.Domain);
        (ChallengeCodes, TargetGroupCodes) = (plan.ChallengeCodes, plan.TargetGroupCodes);
    }

    /// <inheritdoc/>
    public override string Name => ResourceName.Of(Municipality, Collection, Id);

    /// <summary>The plan that it comes from.</summary>
    public Guid PlanId { get; private set; }

    /// <summary>Heading.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The lesson.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Code of the partnership's domain.</summary>
    public string Domain { get; private set; } = "";

    /// <summary>Codes of the challenges.</summary>
    public string[] ChallengeCodes { get; private set; } = [];

    /// <summary>Codes of those whom the partnership is for.</summary>
    public string[] TargetGroupCodes { get; private set; } = [];

    /// <summary>Where it stands.</summary>
    public LearningNoteState State { get; private set; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset? PublishTime { get; private set; }

    /// <summary>Writes it anew.</summary>
    /// <exception cref="Refusal"><c>LEARNING_NOTE_STATE_NOT_ALLOWED</c>.</exception>
    public void Write(string title, string text)
    {
        MustBe(LearningNoteState.Draft);
        (Title, Text) = (title, text);
    }

    /// <summary>Publishes it.</summary>
    /// <exception cref="Refusal"><c>LEARNING_NOTE_STATE_NOT_ALLOWED</c>.</exception>
    public void Publish(DateTimeOffset now)
    {
        MustBe(LearningNoteState.Draft);
        (State, PublishTime) = (LearningNoteState.Published, now);
    }

    /// <summary>Takes it back.</summary>
    /// <exception cref="Refusal"><c>LEARNING_NOTE_STATE_NOT_ALLOWED</c>.</exception>
    public void Withdraw()
    {
        MustBe(LearningNoteState.Draft, LearningNoteState.Published);
        State = LearningNoteState.Withdrawn;
    }

    private void MustBe(params LearningNoteState[] allowed)
    {
        if (!allowed.Contains(State))
        {
            throw Refusal.State("LEARNING_NOTE_STATE_NOT_ALLOWED", Name, State.Code(), allowed.Select(state => state.Code()));
        }
    }
}

/// <summary>Whether a municipality shares its learning notes with those who share theirs. One for each, under an id of its own making.</summary>
public sealed class SharingChoice : Aggregate
{
    /// <summary>The last part of its name.</summary>
    public const string Singleton = "sharingChoice";

    /// <summary>The id of every municipality's one choice.</summary>
    public static readonly Guid OnlyId = Guid.Parse("00000000-0000-7000-8000-000000000001");

    private SharingChoice()
    {
    }

    /// <summary>The choice of a municipality that has not chosen: no.</summary>
    public SharingChoice(string municipality)
        : base(municipality, OnlyId)
    {
    }

    /// <inheritdoc/>
    public override string Name => $"{ResourceName.OfMunicipality(Municipality)}/{Singleton}";

    /// <summary>Whether it shares its learning notes.</summary>
    public bool LearningNotes { get; private set; }

    /// <summary>Chooses.</summary>
    public void Choose(bool learningNotes) => LearningNotes = learningNotes;
}
