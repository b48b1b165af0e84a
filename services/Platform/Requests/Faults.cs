using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Iop.Contracts;
using Iop.Platform.Errors;
using Iop.Types.V1;

namespace Iop.Platform.Requests;

/// <summary>Gathers what is wrong with a request, so that the caller hears of every field at once.</summary>
public sealed class Faults
{
    /// <summary>A million million SEK, which every sum lies below: no partnership has so much, and what many such sums add up to can still be told.</summary>
    public const decimal LargestMoney = 1_000_000_000_000;

    /// <summary>The most hours that one contribution is: planned in a case, promised in an agreement, or told of as it came in.</summary>
    public const int LargestHours = 1_000_000;

    private const int EarliestYear = 1900;
    private const int LatestYear = 2199;

    private readonly List<FieldFault> _found = [];

    /// <summary>Adds a fault.</summary>
    public void Add(string field, string reason, params IReadOnlyList<(string Key, string Value)> values) => _found.Add(new FieldFault(field, reason, values));

    /// <summary>Adds a fault unless the condition holds.</summary>
    public void Require(bool condition, string field, string reason, params IReadOnlyList<(string Key, string Value)> values)
    {
        if (!condition)
        {
            Add(field, reason, values);
        }
    }

    /// <summary>Checks a text's length in characters, after trimming.</summary>
    /// <returns>The trimmed text.</returns>
    public string Text(string field, string text, int limit, bool required = false)
    {
        var trimmed = text.Trim();
        Require(!required || trimmed.Length > 0, field, "FIELD_REQUIRED");
        Require(trimmed.Length <= limit, field, "TEXT_TOO_LONG", ("limit", $"{limit}"));
        return trimmed;
    }

    /// <summary>Checks that an enum value is one that the contract lists, other than its zero.</summary>
    public T Choice<T>(string field, T value)
        where T : struct, System.Enum
    {
        Require(System.Enum.IsDefined(value) && !EqualityComparer<T>.Default.Equals(value, default), field, "ENUM_VALUE_REQUIRED");
        return value;
    }

    /// <summary>Checks a number's range, both ends included.</summary>
    public int Number(string field, int value, int min, int max)
    {
        Require(value >= min && value <= max, field, "NUMBER_OUT_OF_RANGE", ("min", $"{min}"), ("max", $"{max}"));
        return value;
    }

    /// <summary>Reads a calendar date; null when it is not given.</summary>
    public DateOnly? Date(string field, Date? date, bool required = false)
    {
        if (date is null)
        {
            Require(!required, field, "FIELD_REQUIRED");
            return null;
        }

        if (date.Year is < 1 or > 9999 || date.Month is < 1 or > 12 || date.Day < 1 || date.Day > DateTime.DaysInMonth(date.Year, date.Month))
        {
            Add(field, "DATE_INVALID");
            return null;
        }

        return new DateOnly(date.Year, date.Month, date.Day);
    }

    /// <summary>
    /// Reads a calendar date from which other dates are reckoned; null when it is not given, or so far away that none of
    /// them would be in the calendar.
    /// </summary>
    public DateOnly? NearDate(string field, Date? date, bool required = false)
    {
        var day = Date(field, date, required);
        var isNear = day is null or { Year: >= EarliestYear and <= LatestYear };
        Require(isNear, field, "DATE_INVALID");
        return isNear ? day : null;
    }

    /// <summary>Reads an instant; null when it is not given.</summary>
    public DateTimeOffset? Time(string field, Timestamp? time)
    {
        Require(time?.IsInstant() != false, field, "DATE_INVALID");
        return time.ToInstant();
    }

    /// <summary>Reads a sum in SEK with whole ören, zero or more and less than a million million; above zero when required.</summary>
    public decimal Money(string field, Money? money, bool required = false)
    {
        var sum = money?.ToDecimal() ?? 0;
        var wellFormed = money is null || (money.CurrencyCode is "" or "SEK" && money.Nanos is >= 0 and < 1_000_000_000 && money.Nanos % 10_000_000 == 0);
        Require(wellFormed && sum is >= 0 and < LargestMoney && (!required || sum > 0), field, "MONEY_INVALID");
        return sum;
    }

    /// <summary>
    /// The fields that an update changes: those of the mask, all for <c>*</c>, without a mask those that are filled. What the
    /// service alone fills is passed over, and so may nothing be left to change. Source: AIP-134, AIP-203.
    /// </summary>
    /// <param name="sent">What was sent, whose fields the mask names.</param>
    /// <param name="mask">The mask.</param>
    /// <param name="updatable">The fields that can be updated.</param>
    /// <param name="settled">Those that the caller sets once and that no update changes: a mask that names one is refused.</param>
    public IReadOnlySet<string> Mask(IMessage sent, FieldMask? mask, IReadOnlyCollection<string> updatable, params IReadOnlyCollection<string> settled)
    {
        var fields = MessageField.Of(sent.GetType());
        if (mask is null || mask.Paths.Count == 0)
        {
            return fields.Where(field => updatable.Contains(field.Name) && field.IsFilledIn(sent)).Select(field => field.Name).ToHashSet();
        }

        var known = fields.Select(field => field.Name).Except(settled).ToHashSet();
        Require(mask.Paths.All(path => path == "*" || known.Contains(path)), "update_mask", "UPDATE_MASK_INVALID");
        return mask.Paths.Contains("*") ? updatable.ToHashSet() : mask.Paths.Where(updatable.Contains).ToHashSet();
    }

    /// <summary>Refuses the request when anything was found.</summary>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> with every fault.</exception>
    public void ThrowIfAny()
    {
        if (_found.Count > 0)
        {
            throw Refusal.Input([.. _found]);
        }
    }
}
