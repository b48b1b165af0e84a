using Iop.DevIssuer;
using Iop.Eligibility.V1;

namespace Iop.Journey;

/// <summary>Where one partnership is played: the municipality, its people, its guideline and the story that is told.</summary>
public sealed class Stage
{
    private readonly Action<string, string> _tell;

    private Stage(string municipality, Story story, People people, GuidelinePack pack, Action<string, string> tell) =>
        (Municipality, Story, People, Pack, _tell) = (municipality, story, people, pack, tell);

    /// <summary>Code of the municipality.</summary>
    public string Municipality { get; }

    /// <summary>Name of the municipality.</summary>
    public string Parent => $"municipalities/{Municipality}";

    public Story Story { get; }

    public People People { get; }

    /// <summary>The guideline that holds today, whole.</summary>
    public GuidelinePack Pack { get; }

    /// <summary>Sets the stage: reads the guideline that the municipality has published.</summary>
    /// <param name="channels">The services.</param>
    /// <param name="issuer">Makes the tokens.</param>
    /// <param name="municipality">Code of the municipality.</param>
    /// <param name="story">What is told.</param>
    /// <param name="tell">Hears of each step: its name, and the resource or state it led to.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async Task<Stage> SetAsync(
        Channels channels, DevelopmentIssuer issuer, string municipality, Story story, Action<string, string> tell, CancellationToken cancellation)
    {
        var people = new People(channels, issuer, municipality);
        var current = await people.Officer.Guidelines.ResolveGuidelinePackAsync(
            new ResolveGuidelinePackRequest { Parent = $"municipalities/{municipality}" }, cancellationToken: cancellation);
        var pack = await people.Officer.Guidelines.GetGuidelinePackAsync(
            new GetGuidelinePackRequest { Name = current.Name, View = GuidelinePackView.Full }, cancellationToken: cancellation);
        return new Stage(municipality, story, people, pack, tell);
    }

    /// <summary>Tells that a step is done.</summary>
    public void Tell(string step, string result) => _tell(step, result);

    /// <summary>The subject of a person of the story.</summary>
    public string Subject(string personRef) => People.Subject(Municipality, personRef);

    /// <summary>The person who speaks for the organisation: the first who may sign for it.</summary>
    public Services Representative(string organisation) => People.Representative(Story.SigningAuthority.Signatories[0].PersonRef, organisation);

    /// <summary>Every change has an id of its own; a repeat of the call would bear the same.</summary>
    public static string NewRequestId() => Guid.NewGuid().ToString();
}
