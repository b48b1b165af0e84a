using Iop.FollowUp.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Iop.Types.V1;

namespace Iop.FollowUp.Tests;

/// <summary>Nobody who is helped can be made out: names are refused where none belong, and looked at once more elsewhere.</summary>
[Collection(FollowUpTests.Name)]
public sealed class PersonalDataTests(FollowUpFixture service)
{
    private const string Naming = "Fatima har fått en egen lägenhet.";

    [Theory]
    [InlineData("Anna")]
    [InlineData("kontakta Sven Lind")]
    [InlineData("Kurator Mohammed")]
    public async Task Who_took_part_is_told_by_function_and_never_by_name(string function)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var planned = (await partnership.CheckInsAsync())[0];
        var request = Partnership.Held(planned);
        (request.Participants[1].Function, request.NamesNobodyHelped) = (function, true);

        await Refused.ForFieldAsync("participants[1].function", "PERSONAL_NAME_REFUSED", () => partnership.Officer.RecordCheckInAsync(request).ResponseAsync);
        Assert.Equal(planned, (await partnership.CheckInsAsync())[0]);
    }

    [Fact]
    public async Task Who_gathered_knowledge_is_told_by_function_too()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var note = new KnowledgeNote { Question = "Vad?", Method = "Samtal", GatheredBy = "Karin Berg", Finding = "Detta." };

        await Refused.ForFieldAsync("knowledge_note.gathered_by", "PERSONAL_NAME_REFUSED", () => partnership.Officer.RecordKnowledgeAsync(
            new RecordKnowledgeRequest { Parent = partnership.Plan.Name, KnowledgeNote = note, NamesNobodyHelped = true, RequestId = Partnership.NewRequest() }).ResponseAsync);
    }

    [Theory]
    [InlineData("check-in topic", "check_in.agenda_topics[0]")]
    [InlineData("learned", "learned")]
    [InlineData("action", "actions[0].description")]
    [InlineData("report", "text")]
    [InlineData("words", "organisation_words")]
    [InlineData("return", "reason")]
    [InlineData("review", "comment")]
    [InlineData("deviation", "deviation.description")]
    [InlineData("evaluation", "reasons")]
    [InlineData("comment", "comment")]
    [InlineData("knowledge", "knowledge_note.finding")]
    [InlineData("contribution", "contribution_entry.description")]
    [InlineData("reopening", "reason")]
    [InlineData("voiding", "reason")]
    [InlineData("schedule", "reason")]
    [InlineData("changed indicator", "reason")]
    [InlineData("withdrawn lesson", "reason")]
    public async Task A_text_that_may_name_somebody_is_looked_at_once_more_by_the_one_who_writes_it(string what, string field)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement() with { Partnership = Partnership.Promises });
        await Refused.ForFieldAsync(field, "PERSONAL_NAME_SUSPECTED", () => WriteAsync(partnership, what, Naming, hasLooked: false));

        await WriteAsync(partnership, what, Naming, hasLooked: true);
    }

    [Fact]
    public async Task A_deviation_is_handled_without_names_and_contact_details_are_looked_at_like_names()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var open = await DeviateAsync(partnership, "Lokalen är stängd.", hasLooked: false);
        var step = new AddDeviationStepRequest { Name = open.Name, Description = "Ring 070-123 45 67.", Etag = open.Etag, RequestId = Partnership.NewRequest() };
        var end = new ResolveDeviationRequest { Name = open.Name, Resolution = Naming, Etag = open.Etag, RequestId = Partnership.NewRequest() };

        await Refused.ForFieldAsync("description", "CONTACT_DETAILS_SUSPECTED", () => partnership.Officer.AddDeviationStepAsync(step).ResponseAsync);
        await Refused.ForFieldAsync("resolution", "PERSONAL_NAME_SUSPECTED", () => partnership.Officer.ResolveDeviationAsync(end).ResponseAsync);
        Assert.Equal(open, await partnership.Officer.GetDeviationAsync(new GetDeviationRequest { Name = open.Name }));
    }

    [Fact]
    public async Task A_draft_is_saved_as_it_is_and_looked_at_when_it_is_submitted()
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());
        var report = (await partnership.ReportsAsync())[0];
        var draft = await partnership.Representative.SaveReportDraftAsync(
            new SaveReportDraftRequest { Name = report.Name, Text = "Hittills bra.", OrganisationWords = Naming, Etag = report.Etag, RequestId = Partnership.NewRequest() });
        Assert.Equal(Naming, draft.DraftOrganisationWords);

        await Refused.ForFieldAsync(
            "organisation_words", "PERSONAL_NAME_SUSPECTED", () => partnership.Representative.SubmitReportAsync(Partnership.Submission(draft, "")).ResponseAsync);
    }

    private static async Task WriteAsync(Partnership partnership, string what, string text, bool hasLooked)
    {
        var (plan, id) = (partnership.Plan.Name, Partnership.NewRequest());
        switch (what)
        {
            case "check-in topic":
                await partnership.Officer.ScheduleCheckInAsync(new ScheduleCheckInRequest
                {
                    Parent = plan,
                    CheckIn = new CheckIn { DueDate = Partnership.Today.ToProto(), AgendaTopics = { text } },
                    NamesNobodyHelped = hasLooked,
                    RequestId = id,
                });
                break;
            case "learned" or "action":
                var held = Partnership.Held((await partnership.CheckInsAsync())[0]);
                (held.Learned, held.Actions[0].Description) = what == "learned" ? (text, "Öppna") : ("", text);
                held.NamesNobodyHelped = hasLooked;
                await partnership.Representative.RecordCheckInAsync(held);
                break;
            case "report" or "words" or "return" or "review":
                await ReportAsync(partnership, what, text, hasLooked);
                break;
            case "deviation":
                await DeviateAsync(partnership, text, hasLooked);
                break;
            case "evaluation":
                var completion = Partnership.Completion(await partnership.EvaluationAsync());
                (completion.Reasons, completion.NamesNobodyHelped) = (text, hasLooked);
                await partnership.Officer.CompleteEvaluationAsync(completion);
                break;
            case "comment":
                var evaluation = await partnership.EvaluationAsync();
                await partnership.Representative.CommentEvaluationAsync(
                    new CommentEvaluationRequest { Name = evaluation.Name, Comment = text, Etag = evaluation.Etag, NamesNobodyHelped = hasLooked, RequestId = id });
                break;
            case "knowledge":
                var note = new KnowledgeNote { Question = "Vad?", Method = "Samtal", GatheredBy = "verksamhetsledare", Finding = text };
                await partnership.Officer.RecordKnowledgeAsync(new RecordKnowledgeRequest { Parent = plan, KnowledgeNote = note, NamesNobodyHelped = hasLooked, RequestId = id });
                break;
            case "contribution":
                await ContributeAsync(partnership, text, hasLooked);
                break;
            default:
                await new Reasons(partnership, text, hasLooked).GiveAsync(what);
                break;
        }
    }

    private static async Task ReportAsync(Partnership partnership, string what, string text, bool hasLooked)
    {
        var report = (await partnership.ReportsAsync()).First(r => r.State is Report.Types.State.Due or Report.Types.State.Planned);
        var submission = what switch
        {
            "report" => Partnership.Submission(report, text),
            "words" => Partnership.Submission(report, words: text),
            _ => Partnership.Submission(report),
        };
        submission.NamesNobodyHelped = hasLooked && what is "report" or "words";
        var submitted = await partnership.Representative.SubmitReportAsync(submission);
        var (returning, review) = (Partnership.Return(submitted), Partnership.Review(submitted));
        (returning.Reason, returning.NamesNobodyHelped, review.Comment, review.NamesNobodyHelped) = (text, hasLooked, text, hasLooked);
        await (what == "return" ? partnership.Officer.ReturnReportAsync(returning) : partnership.Officer.ReviewReportAsync(review));
    }

    private static Task<Deviation> DeviateAsync(Partnership partnership, string text, bool hasLooked) => partnership.Officer.RecordDeviationAsync(new RecordDeviationRequest
    {
        Parent = partnership.Plan.Name,
        Deviation = new Deviation { Type = Deviation.Types.Type.Delay, Description = text, NoticedDate = Partnership.Today.ToProto() },
        NamesNobodyHelped = hasLooked,
        RequestId = Partnership.NewRequest(),
    }).ResponseAsync;

    private static Task<ContributionEntry> ContributeAsync(Partnership partnership, string text, bool hasLooked) => partnership.Officer.RecordContributionAsync(new RecordContributionRequest
    {
        Parent = partnership.Plan.Name,
        ContributionEntry = new ContributionEntry
        {
            PartyId = "kommunen",
            Type = ContributionType.Money,
            Description = text,
            PeriodStartDate = Partnership.Today.ToProto(),
            PeriodEndDate = Partnership.Today.ToProto(),
            Value = 1m.ToProto(),
        },
        NamesNobodyHelped = hasLooked,
        RequestId = Partnership.NewRequest(),
    }).ResponseAsync;
}
