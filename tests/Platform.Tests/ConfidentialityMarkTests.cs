using System.Text.Json;
using Iop.Platform.Errors;
using Iop.Platform.Persistence;
using Iop.Platform.Requests;
using Iop.Sight;
using Mark = Iop.Types.V1.ConfidentialityMark;

namespace Iop.Platform.Tests;

/// <summary>The mark of what may be secret, the same in every service that holds documents. Source: law.md 2.6.</summary>
public sealed class ConfidentialityMarkTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public void A_mark_says_on_what_ground_why_until_when_and_who_set_it()
    {
        var mark = Read(Sound(until: Today));

        Assert.Equal(("OSL 26:1", "Skyddad adress", (DateOnly?)Today, "officer-1"), (mark.LegalReference, mark.Reason, mark.UntilDate, mark.SetBy));
        Assert.Equal(new Mark(Sound(until: Today)) { SetBy = "officer-1", SetTime = mark.SetTime.ToProto() }, mark.ToProto());
    }

    [Fact]
    public void Ground_and_reason_are_as_long_as_the_contract_says_and_no_longer()
    {
        Read(new Mark { LegalReference = new('x', 100), Reason = new('x', 500) });

        Assert.Equal(
            ["confidentiality_mark.legal_reference TEXT_TOO_LONG 100", "confidentiality_mark.reason TEXT_TOO_LONG 500"],
            FaultsOf(new Mark { LegalReference = new('x', 101), Reason = new('x', 501) }));
    }

    [Fact]
    public void A_mark_that_says_nothing_is_told_all_that_it_lacks()
    {
        string[] lacks = ["confidentiality_mark.legal_reference FIELD_REQUIRED ", "confidentiality_mark.reason FIELD_REQUIRED "];

        Assert.Equal(lacks, FaultsOf(new Mark { LegalReference = " ", Reason = " " }));
        Assert.Equal(lacks, FaultsOf(null));
    }

    [Fact]
    public void A_mark_is_set_until_today_at_the_earliest() => Assert.Equal(
        [$"confidentiality_mark.until_date DATE_ORDER {Today.AddDays(-1):yyyy-MM-dd}"], FaultsOf(Sound(until: Today.AddDays(-1))));

    [Fact]
    public void A_mark_holds_through_its_last_day_and_one_without_until_it_is_lifted()
    {
        var mark = Read(Sound(until: Today));

        Assert.Same(mark, mark.On(Today));
        Assert.Null(mark.On(Today.AddDays(1)));
        Assert.NotNull(Read(Sound(until: null)).On(DateOnly.MaxValue));
        Assert.Null(((ConfidentialityMark?)null).On(Today));
    }

    [Fact]
    public void Only_a_mark_that_is_set_is_lifted()
    {
        Assert.Null(Read(Sound(until: null)).Lifted("documents/1"));

        var refused = Assert.Throws<Refusal>(() => ((ConfidentialityMark?)null).Lifted("documents/1"));
        Assert.Equal(("CONFIDENTIALITY_MARK_NOT_SET", "documents/1"), (refused.Reason, refused.Resource));
    }

    [Fact]
    public void A_stored_mark_is_read_as_it_was_written()
    {
        const string Stored = """{"legalReference":"OSL 31:16","reason":"Affärsvillkor.","untilDate":"2031-05-04","setBy":"officer-0580","setTime":"2026-03-02T10:11:12.345678+00:00"}""";

        var mark = JsonSerializer.Deserialize<ConfidentialityMark>(Stored, Json.Options);

        Assert.Equal(new ConfidentialityMark("OSL 31:16", "Affärsvillkor.", new(2031, 5, 4), "officer-0580", DateTimeOffset.Parse("2026-03-02T10:11:12.345678Z", null)), mark);
        Assert.Equal(Stored, JsonSerializer.Serialize(mark, Json.Options));
    }

    private static Mark Sound(DateOnly? until) => new() { LegalReference = "OSL 26:1", Reason = "Skyddad adress", UntilDate = until.ToProto() };

    private static ConfidentialityMark Read(Mark? mark) => ConfidentialityMark.Read(mark, "officer-1", new StoppedClock());

    private static IEnumerable<string> FaultsOf(Mark? mark) => Assert.Throws<Refusal>(() => Read(mark)).Fields
        .Select(fault => $"{fault.Field} {fault.Reason} {string.Concat(fault.Values.Select(value => value.Value))}");

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 2, 10, 11, 12, TimeSpan.Zero);
    }
}
