using Iop.FollowUp.V1;
using Iop.Testing;

namespace Iop.FollowUp.Tests;

/// <summary>A house and a project may bear a person's name: nobody is stopped by that who says so, and no address is let through.</summary>
[Collection(FollowUpTests.Name)]
public sealed class ConfirmedNameTests(FollowUpFixture service)
{
    public static TheoryData<string, string> Texts => new()
    {
        { "function", "participants[1].function" },
        { "gatherer", "knowledge_note.gathered_by" },
        { "indicator", "indicator.display_name" },
        { "changed indicator", "indicator.display_name" },
        { "lesson", "learning_note.text" },
        { "changed lesson", "learning_note.text" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_name_that_is_of_no_person_is_let_through_on_the_writers_word(string what, string field)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement());

        await Refused.ForFieldAsync(field, "PERSONAL_NAME_REFUSED", () => WriteAsync(partnership, what, "Ledare på Hemmet Elsa", hasLooked: false));
        await Refused.ForFieldAsync(field, "CONTACT_DETAILS_REFUSED", () => WriteAsync(partnership, what, "Ledare, elsa@hemmet.se", hasLooked: true));
        await WriteAsync(partnership, what, "Ledare på Hemmet Elsa", hasLooked: true);
    }

    private static async Task WriteAsync(Partnership partnership, string what, string text, bool hasLooked)
    {
        var (plan, id) = (partnership.Plan.Name, Partnership.NewRequest());
        switch (what)
        {
            case "function":
                var held = Partnership.Held((await partnership.CheckInsAsync())[0]);
                (held.Participants[1].Function, held.NamesNobody) = (text, hasLooked);
                await partnership.Officer.RecordCheckInAsync(held);
                break;
            case "gatherer":
                var note = new KnowledgeNote { Question = "Vad?", Method = "Samtal", GatheredBy = text, Finding = "Detta." };
                await partnership.Officer.RecordKnowledgeAsync(new RecordKnowledgeRequest { Parent = plan, KnowledgeNote = note, NamesNobody = hasLooked, RequestId = id });
                break;
            case "indicator":
                await partnership.Officer.CreateIndicatorAsync(new CreateIndicatorRequest { Parent = plan, Indicator = new Indicator { DisplayName = text }, NamesNobody = hasLooked, RequestId = id });
                break;
            case "changed indicator":
                var indicator = await partnership.Officer.CreateIndicatorAsync(
                    new CreateIndicatorRequest { Parent = plan, Indicator = new Indicator { DisplayName = "Kvällar" }, RequestId = Partnership.NewRequest() });
                indicator.DisplayName = text;
                await partnership.Officer.UpdateIndicatorAsync(new UpdateIndicatorRequest { Indicator = indicator, Reason = "Nytt namn.", NamesNobody = hasLooked, RequestId = id });
                break;
            case "lesson":
                await CreateAsync(partnership, text, hasLooked);
                break;
            default:
                var draft = await CreateAsync(partnership, "Kvällar lockar.", hasLooked: false);
                draft.Text = text;
                await partnership.Officer.UpdateLearningNoteAsync(new UpdateLearningNoteRequest { LearningNote = draft, NamesNobody = hasLooked, RequestId = id });
                break;
        }
    }

    private static Task<LearningNote> CreateAsync(Partnership partnership, string text, bool hasLooked) => partnership.Officer.CreateLearningNoteAsync(new CreateLearningNoteRequest
    {
        Parent = $"municipalities/{partnership.Activated.Municipality}",
        LearningNote = new LearningNote { Plan = partnership.Plan.Name, Title = "Kvällar", Text = text },
        NamesNobody = hasLooked,
        RequestId = Partnership.NewRequest(),
    }).ResponseAsync;
}
