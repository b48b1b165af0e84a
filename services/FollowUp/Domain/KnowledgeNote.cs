using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.FollowUp.Domain;

/// <summary>Knowledge that was gathered.</summary>
/// <param name="Question">What the parties want to know.</param>
/// <param name="Method">How it was gathered.</param>
/// <param name="GatheredBy">Who gathered it, by function.</param>
/// <param name="Finding">What was found.</param>
public sealed record Knowledge(string Question, string Method, string GatheredBy, string Finding);

/// <summary>Knowledge that the parties gather: how, what and who. Rule: he-section-knowledge.</summary>
public sealed class KnowledgeNote : PlanPart
{
    /// <summary>The collection of knowledge notes within a plan.</summary>
    public const string Collection = "knowledgeNotes";

    private KnowledgeNote()
    {
    }

    /// <summary>Records knowledge.</summary>
    /// <exception cref="Refusal"><c>KNOWLEDGE_NOT_AGREED</c> where the agreement leaves it out.</exception>
    public KnowledgeNote(Plan plan, Knowledge knowledge, Side by)
        : base(plan)
    {
        if (plan.Rules.KnowledgeGathering == false)
        {
            throw Refusal.Precondition("KNOWLEDGE_NOT_AGREED", plan.Name);
        }

        (Question, Method, GatheredBy, Finding) = knowledge;
        RecordedBy = by;
    }

    /// <inheritdoc/>
    public override string Name => $"{ResourceName.Of(Municipality, Plan.Collection, PlanId)}/{Collection}/{Id}";

    /// <summary>What the parties want to know.</summary>
    public string Question { get; private set; } = "";

    /// <summary>How it was gathered.</summary>
    public string Method { get; private set; } = "";

    /// <summary>Who gathered it, by function.</summary>
    public string GatheredBy { get; private set; } = "";

    /// <summary>What was found.</summary>
    public string Finding { get; private set; } = "";

    /// <summary>The side that recorded it.</summary>
    public Side RecordedBy { get; private set; }
}
