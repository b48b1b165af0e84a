using Google.Protobuf;
using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Comparison;
using Iop.Eligibility.Domain.Memo;
using Iop.Platform.Requests;
using V1Comparison = Iop.Eligibility.V1.GuidelineComparison;

namespace Iop.Eligibility.Api;

/// <summary>Memoranda and comparisons as the contract shows them.</summary>
internal static class KnowledgeMapping
{
    public static V1.DecisionMemo ToProto(this Memorandum memo, Case @case, V1.DecisionMemoFormat format, DateTimeOffset now)
    {
        var message = new V1.DecisionMemo
        {
            Name = $"{@case.Name}/decisionMemo",
            Case = @case.Name,
            CaseEtag = @case.Etag,
            GuidelinePack = @case.GuidelinePack,
            LanguageCode = "sv-SE",
            Title = memo.Title,
            Heading = { memo.Heading.Select(fact => new V1.MemoFact { Label = fact.Label, Value = fact.Value }) },
            CreateTime = now.ToProto(),
        };
        switch (format)
        {
            case V1.DecisionMemoFormat.Markdown:
                message.Markdown = MemoMarkdown.Of(memo);
                break;
            case V1.DecisionMemoFormat.Pdf:
                message.Pdf = UnsafeByteOperations.UnsafeWrap(MemoPdf.Of(memo, now));
                break;
            default:
                message.Sections.AddRange(memo.Sections.Select(ToProto));
                break;
        }

        return message;
    }

    public static V1.InformationSheet ToSheet(this Memorandum sheet, string pack, V1.DecisionMemoFormat format, DateTimeOffset now)
    {
        var message = new V1.InformationSheet
        {
            Name = $"{pack}/informationSheet",
            GuidelinePack = pack,
            LanguageCode = "sv-SE",
            Title = sheet.Title,
            Heading = { sheet.Heading.Select(fact => new V1.MemoFact { Label = fact.Label, Value = fact.Value }) },
            CreateTime = now.ToProto(),
        };
        switch (format)
        {
            case V1.DecisionMemoFormat.Markdown:
                message.Markdown = MemoMarkdown.Of(sheet);
                break;
            case V1.DecisionMemoFormat.Pdf:
                message.Pdf = UnsafeByteOperations.UnsafeWrap(MemoPdf.Of(sheet, now));
                break;
            default:
                message.Sections.AddRange(sheet.Sections.Select(ToProto));
                break;
        }

        return message;
    }

    public static V1Comparison ToProto(this GuidelineComparison comparison, Case @case) => new()
    {
        Case = @case.Name,
        Packs = { comparison.Packs.Select(pack => ToProto(pack, @case)) },
        Criteria = { comparison.Keys.Select(key => ToProto(key, @case)) },
        Differences = { comparison.Differences.Select(sentence => sentence.ToProto()) },
    };

    private static V1.MemoSection ToProto(MemoSection section) => new()
    {
        Key = section.Key,
        Heading = section.Heading,
        Paragraphs = { section.Paragraphs },
        Items = { section.Items },
        Tables =
        {
            section.Tables.Select(table => new V1.MemoTable
            {
                Caption = table.Caption,
                Columns = { table.Columns },
                Rows = { table.Rows.Select(row => new V1.MemoRow { Cells = { row } }) },
            }),
        },
    };

    private static V1.ComparedPack ToProto(PackResult result, Case @case)
    {
        var evaluation = result.Evaluation.ToProto(@case.Name, result.Name, MotivationsOf(@case));
        return new V1.ComparedPack
        {
            GuidelinePack = result.Name,
            Title = result.Pack.Title.ToProto(),
            Pinned = result.Name == @case.GuidelinePack,
            Outcome = evaluation.Outcome,
            Instrument = evaluation.Instrument,
            Reasons = { evaluation.Reasons },
            Alternatives = { evaluation.Alternatives },
        };
    }

    private static V1.ComparedCriterion ToProto(ComparedKey key, Case @case) => new()
    {
        Key = key.Key,
        Differs = key.Differs,
        Findings =
        {
            key.Findings.Select(pair => ToProto(pair.Pack, pair.Finding, MotivationsOf(@case))),
        },
    };

    private static V1.ComparedFinding ToProto(PackResult pack, Finding finding, Dictionary<string, string> motivations)
    {
        var answeredBy = pack.AnsweredBy.GetValueOrDefault(finding.RuleId, "");
        if (motivations.TryGetValue(answeredBy, out var carried))
        {
            motivations[finding.RuleId] = carried;
        }

        return new V1.ComparedFinding { GuidelinePack = pack.Name, Finding = EvaluationMapping.ToProto(finding, motivations), AnsweredByRule = answeredBy };
    }

    private static Dictionary<string, string> MotivationsOf(Case @case) =>
        @case.Motivations.ToDictionary(motivation => motivation.RuleId, motivation => motivation.Text, StringComparer.Ordinal);
}
