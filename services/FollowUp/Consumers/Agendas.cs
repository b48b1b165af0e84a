using Iop.FollowUp.Domain;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Iop.FollowUp.Consumers;

/// <summary>The topics that a planned check-in begins with, read from the embedded <c>Agendas.yaml</c>.</summary>
public sealed record Agendas
{
    /// <summary>Of a check-in at the agreed interval.</summary>
    public string[] Regular { get; init; } = [];

    /// <summary>Of the talks about continuing. Rule: ga-continuation-dialogue.</summary>
    public string[] RenewalTalks { get; init; } = [];

    /// <summary>Of a meeting of the steering group. Rule: he-section-reference-group.</summary>
    public string[] SteeringGroup { get; init; } = [];

    /// <summary>Of a meeting of the reference group.</summary>
    public string[] ReferenceGroup { get; init; } = [];

    /// <summary>Of a meeting of the working group.</summary>
    public string[] WorkingGroup { get; init; } = [];

    /// <summary>Reads the file.</summary>
    public static Agendas Load()
    {
        using var reader = new StreamReader(typeof(Agendas).Assembly.GetManifestResourceStream("Agendas.yaml")!);
        return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<Agendas>(reader);
    }

    /// <summary>The topics for a kind of check-in.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="ofGuideline">The guideline's own topics; empty where it has none.</param>
    public IReadOnlyList<string> Of(CheckInKind kind, IReadOnlyList<string> ofGuideline)
    {
        return kind switch
        {
            CheckInKind.RenewalTalks => RenewalTalks,
            CheckInKind.SteeringGroup => SteeringGroup,
            CheckInKind.ReferenceGroup => ReferenceGroup,
            CheckInKind.WorkingGroup => WorkingGroup,
            _ => ofGuideline.Count > 0 ? ofGuideline : Regular,
        };
    }
}
