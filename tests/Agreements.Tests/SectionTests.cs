using Iop.Agreements.Domain;

namespace Iop.Agreements.Tests;

public sealed class SectionTests
{
    [Fact]
    public void Two_can_write_in_two_sections_from_the_same_reading_but_not_in_one()
    {
        var agreement = Samples.Negotiated();
        var (activity, hardship) = (agreement.Sections[2].Etag, agreement.Sections[7].Etag);

        agreement.WriteSection("activity", activity, new SectionEdit("Ett.", null, null), PartySide.Public, Samples.Now, Samples.Writer);
        agreement.WriteSection("hardship", hardship, new SectionEdit("Två.", null, null), PartySide.CivilSociety, Samples.Now, Samples.Writer);

        Assert.Equal((PartySide.Public, PartySide.CivilSociety), (agreement.Sections[2].UpdatedBy, agreement.Sections[7].UpdatedBy));
        StateTests.Refused("ETAG_MISMATCH", agreement, a => a.WriteSection("activity", activity, new SectionEdit("Tre.", null, null), PartySide.CivilSociety, Samples.Now, Samples.Writer));
        StateTests.Refused("ETAG_REQUIRED", agreement, a => a.WriteSection("activity", "", new SectionEdit("Tre.", null, null), PartySide.CivilSociety, Samples.Now, Samples.Writer));
        StateTests.Refused("SECTION_NOT_FOUND", agreement, a => a.WriteSection("none", activity, new SectionEdit("Tre.", null, null), PartySide.CivilSociety, Samples.Now, Samples.Writer));
    }

    [Fact]
    public void A_required_section_is_not_skipped_and_one_to_consider_only_with_a_reason()
    {
        var agreement = Samples.Negotiated();
        var skip = new SectionEdit(null, Skipped: true, null);

        StateTests.Refused("SECTION_REQUIRED", agreement, a => a.WriteSection("activity", a.Sections[2].Etag, skip, PartySide.Public, Samples.Now, Samples.Writer));
        var refusal = StateTests.Refused("INVALID_FIELDS", agreement, a => a.WriteSection("background", a.Sections[0].Etag, skip, PartySide.Public, Samples.Now, Samples.Writer));
        Assert.Equal(("section.skip_reason", "FIELD_REQUIRED"), (refusal.Fields[0].Field, refusal.Fields[0].Reason));
        Assert.True(agreement.WriteSection("hardship", agreement.Sections[7].Etag, skip, PartySide.Public, Samples.Now, Samples.Writer));
    }
}
