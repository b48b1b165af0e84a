using Grpc.Core;
using Iop.FollowUp.V1;
using Iop.Testing;

namespace Iop.FollowUp.Tests;

/// <summary>Knowledge that is gathered where the agreement says so. Rule: he-section-knowledge.</summary>
[Collection(FollowUpTests.Name)]
public sealed class KnowledgeTests(FollowUpFixture service)
{
    [Theory]
    [InlineData(true, null)]
    [InlineData(null, null)]
    [InlineData(false, "KNOWLEDGE_NOT_AGREED")]
    public async Task Knowledge_is_gathered_where_the_agreement_does_not_leave_it_out(bool? agreed, string? reason)
    {
        var partnership = await service.FollowAsync(Partnership.Agreement(followUp: f => f with { KnowledgeGathering = agreed }));
        Assert.Equal(agreed, partnership.Plan.HasKnowledgeGathering ? partnership.Plan.KnowledgeGathering : null);
        var request = new RecordKnowledgeRequest
        {
            Parent = partnership.Plan.Name,
            KnowledgeNote = new KnowledgeNote { Question = "Vad får unga att komma?", Method = "Samtal i grupp", GatheredBy = "verksamhetsledare", Finding = "Att få vara med och bestämma." },
            RequestId = Partnership.NewRequest(),
        };
        if (reason is not null)
        {
            await Refused.ByAsync(StatusCode.FailedPrecondition, reason, () => partnership.Officer.RecordKnowledgeAsync(request).ResponseAsync);
            return;
        }

        var note = await partnership.Representative.RecordKnowledgeAsync(request);
        Assert.Equal(note, await partnership.Officer.GetKnowledgeNoteAsync(new GetKnowledgeNoteRequest { Name = note.Name }));
        Assert.Equal(note, Assert.Single((await partnership.Officer.ListKnowledgeNotesAsync(new ListKnowledgeNotesRequest { Parent = partnership.Plan.Name })).KnowledgeNotes));
        (request.KnowledgeNote.Finding, request.RequestId) = ("", Partnership.NewRequest());
        await Refused.ForFieldAsync("knowledge_note.finding", "FIELD_REQUIRED", () => partnership.Officer.RecordKnowledgeAsync(request).ResponseAsync);
    }
}
