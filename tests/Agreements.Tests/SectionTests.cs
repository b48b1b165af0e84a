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

    [Fact]
    public void Sections_added_under_a_heading_stand_after_it_in_their_own_order_and_in_the_text()
    {
        var agreement = Samples.Negotiated();
        Add(agreement, "Höst");
        Add(agreement, "Vår");
        Add(agreement, "Sommar");

        agreement.MoveSection("activity-4", agreement.SectionWith("activity-4").Etag, 1, Samples.Writer);

        Assert.Equal(
            ["background", "parties", "activity", "activity-4", "activity-2", "activity-3", "goals"],
            agreement.Sections.Select(section => section.SectionId).Take(7));
        Assert.Contains("## Rubrik activity\n\nEn mötesplats tre kvällar i veckan.\n\n### Sommar\n\nOm Sommar.\n\n### Höst\n", agreement.CanonicalText, StringComparison.Ordinal);

        agreement.RemoveSection("activity-2", agreement.SectionWith("activity-2").Etag, Samples.Writer);
        Assert.DoesNotContain("Höst", agreement.CanonicalText, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_under_a_repeatable_heading_is_anything_added_and_only_what_was_added_is_moved_or_removed()
    {
        var agreement = Samples.Negotiated();
        Add(agreement, "Höst");
        var (hardship, added) = (agreement.SectionWith("hardship").Etag, agreement.SectionWith("activity-2").Etag);

        StateTests.Refused("SECTION_NOT_REPEATABLE", agreement, a => a.AddSection("hardship", hardship, "Mer", "", PartySide.Public, Samples.Now, Samples.Writer));
        StateTests.Refused("SECTION_NOT_ADDED", agreement, a => a.RemoveSection("hardship", hardship, Samples.Writer));
        StateTests.Refused("SECTION_NOT_ADDED", agreement, a => a.MoveSection("hardship", hardship, 1, Samples.Writer));
        StateTests.Refused("ETAG_MISMATCH", agreement, a => a.RemoveSection("activity-2", "\"9\"", Samples.Writer));
        StateTests.Refused("SECTION_NOT_FOUND", agreement, a => a.AddSection("none", added, "Mer", "", PartySide.Public, Samples.Now, Samples.Writer));
    }

    [Fact]
    public void An_agreement_does_not_grow_without_end()
    {
        var agreement = Samples.Negotiated();
        while (agreement.Sections.Count < 120)
        {
            Add(agreement, "Mer");
        }

        StateTests.Refused("TOO_MANY_SECTIONS", agreement, a => Add(a, "Mer"));
    }

    // law.md 2.13: what winding partnerships down has taught.
    [Fact]
    public void Headings_for_those_concerned_and_for_the_end_stand_ready_where_the_guideline_has_none()
    {
        var sections = Draft.Sections(Samples.Rules, Samples.Facts, Samples.Phrases);
        Assert.Equal(
            [("stakeholders", SectionMode.Optional, SectionSource.Stakeholders), ("wind-down", SectionMode.Optional, SectionSource.WindDown), ("signature", SectionMode.Required, SectionSource.Signatures)],
            sections.TakeLast(3).Select(section => (section.Key, section.Mode, section.Source)));
        var own = Samples.Rules with { Sections = [Samples.Rules.Sections[0] with { Key = "wind-down", Mode = SectionMode.Required }] };
        Assert.Equal([SectionMode.Required], Draft.Sections(own, Samples.Facts, Samples.Phrases).Where(section => section.Key == "wind-down").Select(section => section.Mode));

        // Left empty they are no part of the text, and stop nothing.
        Assert.DoesNotContain("Avveckling", Samples.Writer.Write(Samples.Terms, sections).Canonical, StringComparison.Ordinal);
        Assert.All(Samples.Check(Samples.Terms, sections).Where(finding => finding.Code is "stakeholders-missing" or "wind-down-missing"), finding => Assert.False(finding.Blocking || finding.NeedsMotivation));
    }

    [Fact]
    public void Words_of_the_parties_own_about_the_end_are_enough()
    {
        IReadOnlyList<Section> written = [.. Draft.Sections(Samples.Rules, Samples.Facts, Samples.Phrases)
            .Select(section => section.Key is "wind-down" or "stakeholders" ? section with { Text = "Parterna går igenom det tillsammans." } : section)];

        Assert.DoesNotContain(Samples.Check(Samples.Terms, written), finding => finding.Code is "stakeholders-missing" or "wind-down-missing");
    }

    [Fact]
    public void What_the_legal_assessment_demands_of_the_text_gets_a_heading_that_cannot_be_left_out()
    {
        var facts = Samples.Facts with { Origin = new Origin { MunicipalMatter = true, Entrustment = true } };

        var sections = Draft.Sections(Samples.Rules, facts, Samples.Phrases);

        Assert.Equal(
            [("insight", "law-kl-10", SectionMode.Required), ("entrustment", "law-sgei-entrustment", SectionMode.Required), ("signature", "x-signature", SectionMode.Required)],
            sections.TakeLast(3).Select(section => (section.Key, section.RuleId, section.Mode)));
        var findings = Samples.Check(Samples.Terms, sections);
        Assert.Equal(["insight", "entrustment"], findings.Where(finding => finding.Code == "section-empty").Select(finding => finding.SectionId).Except(["activity"]));
        var said = Samples.Terms with
        {
            Publicity = new PublicityTerms { Insight = "Handlingar lämnas ut som hos kommunen." },
            Entrustment = new EntrustmentTerms { Service = "Skyddat boende" },
        };
        Assert.DoesNotContain(Samples.Check(said, sections), finding => finding.Code == "section-empty" && finding.SectionId is "insight" or "entrustment");
    }

    [Fact]
    public void The_body_decides_on_a_text_once_and_anew_when_it_has_changed()
    {
        var agreement = Samples.AwaitingDecision();
        StateTests.Refused("DECIDER_APPROVED_TEXT", agreement, a => a.RecordDecision(Samples.Decision(), "officer", "O"));

        agreement.RecordDecision(Samples.Decision(), "decider", "Kim");
        Assert.Equal((agreement.TextHash, "Kim"), (agreement.TextDecision!.TextHash, agreement.TextDecision.RecordedBy));

        agreement.OpenForSignatures(Samples.Requirements(), Samples.Plan);
        agreement.DeclineSignature(Samples.Association, "anna", "Nej.", Samples.Now);
        Approve(agreement);
        Assert.Equal(AgreementState.TextAgreed, agreement.State);

        agreement.WriteSection("hardship", agreement.SectionWith("hardship").Etag, new SectionEdit("Nytt.", null, null), PartySide.Public, Samples.Now, Samples.Writer);
        Assert.Null(agreement.TextDecision);
        Approve(agreement);
        Assert.Equal(AgreementState.AwaitingDecision, agreement.State);
    }

    private static void Approve(Agreement agreement)
    {
        agreement.Approve(Samples.Committee, "K", agreement.TextHash, [], Samples.Now, "officer");
        agreement.Approve(Samples.Association, "F", agreement.TextHash, [], Samples.Now, "anna");
    }

    private static void Add(Agreement agreement, string title) =>
        agreement.AddSection("activity", agreement.SectionWith("activity").Etag, title, $"Om {title}.", PartySide.CivilSociety, Samples.Now, Samples.Writer);
}
