using System.Text.RegularExpressions;

namespace Iop.Organisations.Domain;

/// <summary>
/// A Swedish organisation number with a right check digit. A personal identity number never becomes one, and no text that
/// was refused is kept or told. Source: law.md 2.10.
/// </summary>
public sealed partial record OrganisationNumber
{
    private const int Length = 10;

    // Below this the third and fourth digits can be a month, and the number a person's.
    private const string LowestThirdAndFourth = "20";

    private OrganisationNumber(string digits) => Digits = digits;

    /// <summary>The ten digits, as they are stored.</summary>
    public string Digits { get; }

    /// <summary>The first digit, which tells the kind of legal person.</summary>
    public int Group => Digits[0] - '0';

    /// <summary>Whether a civil society organisation of this form can bear the number.</summary>
    public bool FitsCivilSociety(LegalForm form) => Group switch
    {
        5 or 7 or 8 => true,

        // Group 2 is public bodies, save that registered faith communities have their numbers in 25.
        2 => Digits[1] == '5' && form == LegalForm.FaithCommunity,
        _ => false,
    };

    /// <summary>Whether the statutes must be checked for profit limits before it may be a party.</summary>
    public bool NeedsStatutesCheck => Group is 5 or 7;

    /// <summary>Reads a number of 10 or 12 digits, with or without hyphen.</summary>
    /// <param name="text">What was written.</param>
    /// <returns>The number, or the reason why there is none.</returns>
    public static (OrganisationNumber? Number, string Fault) Read(string text)
    {
        var trimmed = text.Trim();
        if (MayBePersonal(trimmed))
        {
            return (null, "PERSONAL_IDENTITY_NUMBER_REFUSED");
        }

        if (!Form().IsMatch(trimmed))
        {
            return (null, "ORGANISATION_NUMBER_FORMAT");
        }

        var digits = TenDigits(trimmed);
        return HasRightCheckDigit(digits)
            ? (new OrganisationNumber(digits), "")
            : (null, "ORGANISATION_NUMBER_CHECK_DIGIT");
    }

    /// <summary>A number that was checked before it was stored.</summary>
    public static OrganisationNumber FromDigits(string digits) => new(digits);

    /// <summary>
    /// Whether a text is a personal identity or coordination number, or so like one that it could be, mistyped: ten or
    /// twelve digits of which the third and fourth of the last ten are below 20, however they are separated.
    /// </summary>
    public static bool MayBePersonal(string text)
    {
        if (text.Any(c => !char.IsAsciiDigit(c) && c is not ('-' or '+' or ' ')))
        {
            return false;
        }

        var count = text.Count(char.IsAsciiDigit);
        if (count is not (Length or Length + 2))
        {
            return false;
        }

        var digits = TenDigits(text);
        return string.CompareOrdinal(digits[2..4], LowestThirdAndFourth) < 0;
    }

    /// <summary>The number as it is shown: <c>NNNNNN-NNNN</c>.</summary>
    public override string ToString() => $"{Digits[..6]}-{Digits[6..]}";

    private static string TenDigits(string text) => string.Concat(text.Where(char.IsAsciiDigit))[^Length..];

    // Luhn, modulus 10, weights 2 and 1 by turns.
    private static bool HasRightCheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < Length; i++)
        {
            var weighted = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0;
    }

    [GeneratedRegex(@"^(?:16)?[1-9][0-9]{5}-?[0-9]{4}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
