using Iop.Platform.Errors;

namespace Iop.Agreements.Domain;

public sealed partial class Agreement
{
    private const int MaxSectionText = 20_000;
    private const int MaxText = 300_000;
    private const int MaxSections = 120;

    /// <summary>Writes, skips or takes back one section.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool WriteSection(string sectionId, string etag, SectionEdit edit, PartySide side, DateTimeOffset now, AgreementWriter writer)
    {
        MustBeOpen();
        var section = SectionWith(sectionId);
        MustMatch(section, etag);
        var edited = section with
        {
            Text = edit.Text is { } text ? PlainText.Normalise(text) : section.Text,
            Skipped = edit.Skipped ?? section.Skipped,
            SkipReason = edit.SkipReason is { } reason ? PlainText.Normalise(reason) : section.SkipReason,
        };
        Check(edited);
        if (edited == section)
        {
            return false;
        }

        edited = edited with { UpdatedBy = side, UpdateTime = now, Revision = section.Revision + 1 };
        Rewrite(Terms, [.. Sections.Select(other => other.SectionId == sectionId ? edited : other)], writer);
        VoidApprovals();
        return true;
    }

    /// <summary>Adds a section under a repeatable one, last among those already there. he-activity-sub-headings.</summary>
    public void AddSection(string sectionId, string etag, string title, string text, PartySide side, DateTimeOffset now, AgreementWriter writer)
    {
        MustBeOpen();
        var heading = SectionWith(sectionId);
        MustMatch(heading, etag);
        if (!heading.Repeatable)
        {
            throw Refusal.Precondition("SECTION_NOT_REPEATABLE", Name, ("section", sectionId), ("heading", heading.Heading.Sv));
        }

        if (Sections.Count >= MaxSections)
        {
            throw Refusal.Precondition("TOO_MANY_SECTIONS", Name, ("limit", $"{MaxSections}"));
        }

        var added = new Section
        {
            SectionId = FreeId(sectionId),
            Key = heading.Key,
            RuleId = heading.RuleId,
            Under = sectionId,
            Heading = new LocalizedText(PlainText.Normalise(title), ""),
            Guidance = heading.Guidance,
            Prompts = heading.Prompts,
            Mode = SectionMode.Optional,
            Text = PlainText.Normalise(text),
            UpdatedBy = side,
            UpdateTime = now,

            // Above every revision that a removed section of the same id has had, so that no etag of that one fits this one.
            Revision = Revision + 1,
        };
        Check(added);
        Arrange([.. Sections.TakeWhile(section => section != heading), heading, .. AddedUnder(sectionId), added, .. After(heading)], writer);
    }

    /// <summary>Moves an added section to a place among those under the same heading, from 1; beyond the last is the last.</summary>
    public void MoveSection(string sectionId, string etag, int position, AgreementWriter writer)
    {
        var moved = MustBeAdded(sectionId, etag);
        var siblings = AddedUnder(moved.Under).Where(section => section != moved).ToList();
        siblings.Insert(Math.Min(position - 1, siblings.Count), moved with { Revision = moved.Revision + 1 });
        var heading = SectionWith(moved.Under);
        Arrange([.. Sections.TakeWhile(section => section != heading), heading, .. siblings, .. After(heading)], writer);
    }

    /// <summary>Removes an added section. What it said stays in the history.</summary>
    public void RemoveSection(string sectionId, string etag, AgreementWriter writer)
    {
        var removed = MustBeAdded(sectionId, etag);
        Arrange([.. Sections.Where(section => section != removed)], writer);
    }

    public Section SectionWith(string sectionId) =>
        Sections.FirstOrDefault(section => section.SectionId == sectionId) ?? throw Refusal.NotFound("SECTION_NOT_FOUND", Name);

    private void Arrange(IReadOnlyList<Section> sections, AgreementWriter writer)
    {
        Rewrite(Terms, sections, writer);
        VoidApprovals();
    }

    private Section MustBeAdded(string sectionId, string etag)
    {
        MustBeOpen();
        var section = SectionWith(sectionId);
        MustMatch(section, etag);
        return section.IsAdded ? section : throw Refusal.Precondition("SECTION_NOT_ADDED", Name, ("section", sectionId), ("heading", section.Heading.Sv));
    }

    private IEnumerable<Section> AddedUnder(string sectionId) => Sections.Where(section => section.Under == sectionId);

    // What follows a heading and its added sections.
    private IEnumerable<Section> After(Section heading) =>
        Sections.SkipWhile(section => section != heading).Skip(1).Where(section => section.Under != heading.SectionId);

    private string FreeId(string heading)
    {
        var used = AddedUnder(heading).Select(section => int.Parse(section.SectionId[(heading.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        return $"{heading}-{used.Append(1).Max() + 1}";
    }

    private void MustMatch(Section section, string etag)
    {
        if (etag.Length == 0)
        {
            throw Refusal.Input("ETAG_REQUIRED", "section.etag");
        }

        if (etag != section.Etag)
        {
            throw Refusal.StaleEtag(Name);
        }
    }

    private void Check(Section section)
    {
        if (section is { Skipped: true, Mode: SectionMode.Required })
        {
            throw Refusal.Precondition("SECTION_REQUIRED", Name, ("section", section.SectionId), ("heading", section.Heading.Sv), ("rule", section.RuleId));
        }

        List<FieldFault> faults = [];
        if (section.Text.Length > MaxSectionText)
        {
            faults.Add(new FieldFault("section.text", "TEXT_TOO_LONG", ("limit", $"{MaxSectionText}")));
        }

        if (section.Text.Length + Sections.Where(other => other.SectionId != section.SectionId).Sum(other => other.Text.Length) > MaxText)
        {
            faults.Add(new FieldFault("section.text", "AGREEMENT_TOO_LONG", ("limit", $"{MaxText}")));
        }

        if (section.SkipReason.Length > 1_000)
        {
            faults.Add(new FieldFault("section.skip_reason", "TEXT_TOO_LONG", ("limit", "1000")));
        }

        // ga-sections-to-consider: skipped with a reason.
        if (section is { Skipped: true, Mode: SectionMode.Consider, SkipReason.Length: 0 })
        {
            faults.Add(new FieldFault("section.skip_reason", "FIELD_REQUIRED"));
        }

        if (faults.Count > 0)
        {
            throw Refusal.Input([.. faults]);
        }
    }
}
