namespace Iop.Eligibility.Domain;

/// <summary>A wording shown to people: Swedish first, English beside it.</summary>
public sealed record LocalizedText(string Sv, string En)
{
    public static LocalizedText Empty { get; } = new("", "");
}
