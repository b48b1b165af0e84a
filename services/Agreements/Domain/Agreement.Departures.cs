using Iop.Platform.Errors;

namespace Iop.Agreements.Domain;

/// <summary>Why the text departs from something that the guideline recommends. Source: <c>es-guidelines-guiding</c>.</summary>
/// <param name="MotivatedBy">Name of the person; empty for what the case brought.</param>
public sealed record Departure(string RuleId, string Text, string MotivatedBy, DateTimeOffset Time);

/// <content>Departures from what the guideline recommends, and sections that each party approves by itself.</content>
public sealed partial class Agreement
{
    /// <summary>Gives the reasons for a warning that is left standing, or takes them back. What stops the text is put right, and never reasoned away.</summary>
    public void MotivateDeparture(string ruleId, string text, string motivatedBy, IReadOnlyList<Finding> findings, DateTimeOffset now)
    {
        MustBeOpen();
        var concerned = findings.Where(finding => finding.RuleId == ruleId).ToList();
        if (concerned.Exists(finding => finding.Blocking))
        {
            throw Refusal.Precondition("DEPARTURE_NOT_ALLOWED", Name, ("rule", ruleId));
        }

        if (text.Length > 0 && !concerned.Exists(finding => finding.IsOfPack))
        {
            throw Refusal.Precondition("DEPARTURE_NOT_FOUND", Name, ("rule", ruleId));
        }

        Life = Life with
        {
            Departures = [.. Life.Departures.Where(other => other.RuleId != ruleId), .. text.Length > 0 ? [new Departure(ruleId, text, motivatedBy, now)] : Array.Empty<Departure>()],
        };
    }

    /// <summary>Approves one section for a party. he-activity-unambiguous: that all are at one on it is said of it, and not only of the whole.</summary>
    /// <returns>Whether anything changed: the same approval twice is one.</returns>
    public bool ApproveSection(string sectionId, string etag, string partyId, string personRef, DateTimeOffset now)
    {
        MustBe(AgreementState.InNegotiation);
        var section = SectionWith(sectionId);
        MustMatch(section, etag);
        if (section.Approvals.Any(approval => approval.PartyId == partyId))
        {
            return false;
        }

        if (!section.IsIncluded)
        {
            throw Refusal.Precondition("SECTION_WITHOUT_TEXT", Name, ("section", sectionId), ("heading", section.Heading.Sv));
        }

        MustKeepSidesApart(partyId, personRef, section.Approvals.Select(approval => (approval.PartyId, approval.PersonRef)));
        var approved = section with { Approvals = [.. section.Approvals, new SectionApproval(partyId, personRef, now)] };
        Sections = [.. Sections.Select(other => other.SectionId == sectionId ? approved : other)];
        return true;
    }

    // What a party has approved is the section as it then read, with what is generated in it.
    private static Section WithApprovalsOf(Section written, Section? before) =>
        before is null || (written.Text, written.GeneratedText, written.Skipped, written.Heading) == (before.Text, before.GeneratedText, before.Skipped, before.Heading)
            ? written
            : written with { Approvals = [] };

    private void MustHaveReasons(IReadOnlyList<Finding> findings)
    {
        var open = findings.Where(finding => finding.NeedsMotivation).Select(finding => finding.Label).Distinct().ToList();
        if (open.Count > 0)
        {
            throw Refusal.Precondition("DEPARTURE_NOT_MOTIVATED", Name, ("rules", string.Join(", ", open)));
        }
    }
}
