using Iop.FollowUp.Domain;
using Iop.Platform.Requests;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Iop.FollowUp.Api;

/// <summary>The names that give a person away, read from the embedded <c>GivenNames.yaml</c>, and the faults for them.</summary>
internal static class GivenNames
{
    public static PersonalData Load()
    {
        using var reader = new StreamReader(typeof(GivenNames).Assembly.GetManifestResourceStream("GivenNames.yaml")!);
        return new PersonalData(new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<NameList>(reader));
    }

    /// <summary>
    /// Adds a fault for each text that points out a person where nobody may be. A house and a project may bear a person's
    /// name, which the writer can say; an address or a number is let through by nothing.
    /// </summary>
    public static void MustNotBeIn(this PersonalData personalData, Faults faults, bool hasLooked, params ReadOnlySpan<(string Field, string Text)> texts) =>
        Tell(personalData, faults, texts, hasLooked ? null : "PERSONAL_NAME_REFUSED", "CONTACT_DETAILS_REFUSED");

    /// <summary>
    /// Adds a fault for each text that may name somebody who is helped, unless the writer has looked and says that it does
    /// not: an official may be named, and no list tells the one from the other.
    /// </summary>
    public static void MustBeLookedFor(this PersonalData personalData, Faults faults, bool hasLooked, params ReadOnlySpan<(string Field, string Text)> texts)
    {
        if (!hasLooked)
        {
            Tell(personalData, faults, texts, "PERSONAL_NAME_SUSPECTED", "CONTACT_DETAILS_SUSPECTED");
        }
    }

    private static void Tell(PersonalData personalData, Faults faults, ReadOnlySpan<(string Field, string Text)> texts, string? name, string contact)
    {
        foreach (var (field, text) in texts)
        {
            var trace = personalData.In(text);
            faults.Require(trace != PersonalTrace.Name || name is null, field, name ?? "");
            faults.Require(trace != PersonalTrace.ContactDetails, field, contact);
        }
    }
}
