using System.Reflection;
using System.Text.Json;
using Google.Protobuf;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;

namespace Iop.Journey;

/// <summary>
/// What is told in one partnership: messages of the contract as protobuf writes them in JSON. What depends on the day, on
/// names that the services give, or on what the municipality's guideline asks, is left to the journey.
/// </summary>
public sealed class Story
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(false));

    /// <summary>The organisation that takes the initiative.</summary>
    public required Organisation Organisation { get; init; }

    /// <summary>Who signs for it. Persons are given by a short reference that the journey makes unique.</summary>
    public required SigningAuthority SigningAuthority { get; init; }

    /// <summary>The case, without organisation, declarations and first day.</summary>
    public required Case Case { get; init; }

    /// <summary>The dialogue, without dates.</summary>
    public required List<DialogueEntry> Dialogue { get; init; }

    /// <summary>Answers that differ from the obvious one, or that have a reasoning worth telling.</summary>
    public required List<CriterionAnswer> Answers { get; init; }

    /// <summary>The lawyer's reasoning.</summary>
    public required LegalAssessment LegalAssessment { get; init; }

    /// <summary>The decision, without its date.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Terms of the agreement that do not come from the case.</summary>
    public required Agreement Agreement { get; init; }

    /// <summary>Texts of the agreement, by the key of the section.</summary>
    public required Dictionary<string, string> Sections { get; init; }

    /// <summary>Reads the story that is told for a municipality.</summary>
    public static Story Of(string municipality) => Find(municipality) ?? throw new ArgumentException($"There is no story for {municipality}.", nameof(municipality));

    /// <summary>The municipalities that a story is told for.</summary>
    public static IReadOnlyList<string> Municipalities() =>
        [.. typeof(Story).Assembly.GetManifestResourceNames().Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    private static Story? Find(string municipality)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{municipality}.json");
        if (stream is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        return new Story
        {
            Organisation = One<Organisation>(root, "organisation"),
            SigningAuthority = One<SigningAuthority>(root, "signingAuthority"),
            Case = One<Case>(root, "case"),
            Dialogue = Several<DialogueEntry>(root, "dialogue"),
            Answers = Several<CriterionAnswer>(root, "answers"),
            LegalAssessment = One<LegalAssessment>(root, "legalAssessment"),
            Decision = One<Decision>(root, "decision"),
            Agreement = One<Agreement>(root, "agreement"),
            Sections = root.GetProperty("sections").Deserialize<Dictionary<string, string>>()!,
        };
    }

    private static T One<T>(JsonElement root, string name)
        where T : IMessage, new() => Parser.Parse<T>(root.GetProperty(name).GetRawText());

    private static List<T> Several<T>(JsonElement root, string name)
        where T : IMessage, new() => [.. root.GetProperty(name).EnumerateArray().Select(element => Parser.Parse<T>(element.GetRawText()))];
}
