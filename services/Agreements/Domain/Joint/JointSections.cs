namespace Iop.Agreements.Domain;

/// <summary>The headings of a text that several packs bind.</summary>
internal static class JointSections
{
    /// <summary>
    /// The sections with what one more pack demands. A heading that is there already is asked for as strictly as the
    /// strictest of them does.
    /// </summary>
    public static IReadOnlyList<Section> With(AgreementRules rules, Origin origin, IReadOnlyList<Section> sections, Phrases phrases)
    {
        var facts = new CaseFacts { CaseName = "", PackName = "", Title = "", Origin = origin };
        return With(Draft.Sections(rules, facts, phrases).Where(section => section.Mode != SectionMode.Optional), sections);
    }

    /// <summary>The sections with what the law demands by what has been found of the case, whenever it was found.</summary>
    public static IReadOnlyList<Section> WithLaw(Origin origin, IReadOnlyList<Section> sections, Phrases phrases) => With(Draft.Demanded(origin, phrases), sections);

    private static List<Section> With(IEnumerable<Section> demanded, IReadOnlyList<Section> sections)
    {
        List<Section> result = [.. sections];
        foreach (var wanted in demanded)
        {
            var at = result.FindIndex(section => section.Key == wanted.Key && !section.IsAdded);
            if (at < 0)
            {
                Insert(result, wanted);
            }
            else if (Strictness(wanted.Mode) > Strictness(result[at].Mode))
            {
                result[at] = Demanded(result[at], wanted.Mode, wanted.RuleId);
            }
        }

        return result;
    }

    /// <summary>The sections when fewer packs bind: as strict as those say, and without empty headings that none of them has.</summary>
    public static IReadOnlyList<Section> Under(IReadOnlyList<AgreementRules> rules, IReadOnlyList<Section> sections)
    {
        List<Section> result = [];
        foreach (var section in sections)
        {
            var templates = rules.SelectMany(pack => pack.Sections).Where(template => template.Key == section.Key).OrderByDescending(template => Strictness(template.Mode)).ToList();
            if (section.IsAdded || IsLaw(section))
            {
                result.Add(section);
            }
            else if (templates.Count > 0)
            {
                result.Add(templates[0].Mode == section.Mode ? section : section with { Mode = templates[0].Mode, RuleId = templates[0].RuleId });
            }
            else if (section.RuleId.Length == 0 || section.Text.Length > 0 || sections.Any(other => other.Under == section.SectionId))
            {
                result.Add(section with { Mode = SectionMode.Optional, RuleId = "" });
            }
        }

        return result;
    }

    // A section that was left out cannot stay so where a pack requires it; what it said is still there.
    private static Section Demanded(Section section, SectionMode mode, string ruleId)
    {
        var stays = section.Skipped && mode != SectionMode.Required && section.SkipReason.Length > 0;
        return section with { Mode = mode, RuleId = ruleId, Skipped = stays, Revision = section.Skipped == stays ? section.Revision : section.Revision + 1 };
    }

    private static void Insert(List<Section> sections, Section wanted)
    {
        var signatures = sections.FindIndex(section => section.Source == SectionSource.Signatures);
        sections.Insert(signatures < 0 || wanted.Source == SectionSource.Signatures ? sections.Count : signatures, wanted);
    }

    private static bool IsLaw(Section section) => section.RuleId.StartsWith("law-", StringComparison.Ordinal);

    private static int Strictness(SectionMode mode) => mode switch
    {
        SectionMode.Required => 3,
        SectionMode.Consider => 2,
        SectionMode.Optional => 1,
        _ => 0,
    };
}
