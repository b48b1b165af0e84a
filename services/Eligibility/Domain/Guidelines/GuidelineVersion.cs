using System.Security.Cryptography;
using System.Text;
using Iop.Platform.Errors;
using Iop.Platform.Tenancy;

namespace Iop.Eligibility.Domain.Guidelines;

/// <summary>The states of a guideline version.</summary>
public enum GuidelineState { Draft, Published, Retired }

/// <summary>
/// One version of a municipality's guideline as it is kept: the adopted text, which never changes once published, and
/// the dates that it holds.
/// </summary>
public sealed class GuidelineVersion : Platform.Persistence.Aggregate
{
    private GuidelineVersion()
    {
    }

    /// <summary>Begins a draft from a text that has been read without faults.</summary>
    public GuidelineVersion(string document, GuidelinePack pack)
        : base(pack.Municipality)
    {
        Version = pack.Version;
        Take(document, pack);
    }

    public string Version { get; private set; } = "";

    public string Document { get; private set; } = "";

    /// <summary>SHA-256 of the text in UTF-8, in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; private set; } = "";

    public GuidelineState State { get; private set; }

    public DateOnly ValidFrom { get; private set; }

    public DateOnly? ValidTo { get; private set; }

    public DateTimeOffset? PublishTime { get; private set; }

    public override string Name => NameOf(Municipality, Version);

    public static string NameOf(string municipality, string version) => $"municipalities/{municipality}/guidelinePacks/{version}";

    /// <summary>Whether a text is the name of a version, in any municipality.</summary>
    public static bool IsName(string text) =>
        text.Split('/') is ["municipalities", var municipality, "guidelinePacks", var version]
        && MunicipalityCode.TryParse(municipality, out _)
        && version.Length is > 0 and <= 40 && version.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Replaces the text of a draft.</summary>
    public void Rewrite(string document, GuidelinePack pack)
    {
        MustBe(GuidelineState.Draft);
        Take(document, pack);
    }

    /// <summary>Adopts the text for good. The other published versions must leave its dates free.</summary>
    public void Publish(IEnumerable<GuidelineVersion> published, DateTimeOffset now)
    {
        MustBe(GuidelineState.Draft);
        if (published.FirstOrDefault(IsInTheWayOf) is { } other)
        {
            throw Refusal.Precondition("GUIDELINE_PACK_PERIOD_TAKEN", Name, ("other", other.Name));
        }

        State = GuidelineState.Published;
        PublishTime = now;
    }

    /// <summary>Closes a published version to new cases.</summary>
    public void Retire()
    {
        MustBe(GuidelineState.Published);
        State = GuidelineState.Retired;
    }

    /// <summary>Lets a case be tried under this version: it is published, and holds from a later day than the case's own.</summary>
    public void MustBeNewerThan(GuidelinePack pinned, string pinnedName)
    {
        MustBe(GuidelineState.Published);
        if (ValidFrom <= pinned.ValidFrom)
        {
            throw Refusal.Precondition("GUIDELINE_PACK_NOT_NEWER", Name, ("other", pinnedName));
        }
    }

    // An open end gives way to whatever begins later; a stated last day does not.
    private bool IsInTheWayOf(GuidelineVersion other)
    {
        var (earlier, later) = ValidFrom < other.ValidFrom ? (this, other) : (other, this);
        return ValidFrom == other.ValidFrom || earlier.ValidTo >= later.ValidFrom;
    }

    private void Take(string document, GuidelinePack pack)
    {
        Document = document;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));
        (ValidFrom, ValidTo) = (pack.ValidFrom, pack.ValidTo);
    }

    private void MustBe(GuidelineState wanted)
    {
        if (State != wanted)
        {
            throw Refusal.State("GUIDELINE_PACK_STATE_NOT_ALLOWED", Name, State.ToString().ToUpperInvariant(), wanted.ToString().ToUpperInvariant());
        }
    }
}
