using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Iop.Platform.Requests;
using Iop.Sample.V1;
using Iop.Testing;

namespace Iop.Platform.Tests;

/// <summary>What every request passes before and around its method.</summary>
[Collection(Notes.Name)]
public sealed class RequestTests(NotesFixture notes)
{
    [Fact]
    public async Task A_text_over_its_limit_is_refused_with_the_limit()
    {
        var refused = await Refused.ForFieldAsync("note.text", "TEXT_TOO_LONG", () => notes.WriteAsync(new string('x', 101)));

        Assert.Contains("100", refused.Detail<BadRequest>().FieldViolations[0].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_refused_with_their_field()
    {
        // A request whose text field holds a lone continuation byte, which no client library would send.
        var wellFormed = new CreateNoteRequest { Parent = NotesFixture.Here, Note = new Note { Text = "@" } }.ToByteArray();
        wellFormed[Array.IndexOf(wellFormed, (byte)'@')] = 0xBF;

        await Refused.ForFieldAsync("note.text", "TEXT_NOT_UTF8", () => SendAsync(wellFormed));
    }

    [Fact]
    public async Task What_is_no_message_of_the_contract_is_refused_as_the_senders_fault()
    {
        var cutOff = new CreateNoteRequest { Parent = NotesFixture.Here, Note = new Note { Text = "whole" } }.ToByteArray()[..^2];

        await Refused.ByAsync(StatusCode.InvalidArgument, "MESSAGE_UNREADABLE", () => SendAsync(cutOff));
    }

    [Fact]
    public Task A_message_larger_than_any_is_read_is_refused_with_the_limit() =>
        Refused.ByAsync(StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE", () => SendAsync(new byte[(4 * 1024 * 1024) + 1]));

    [Theory]
    [InlineData("Ring Anna, 121212-1212, om mötet")]
    [InlineData("19121212-1212")]
    [InlineData("191212121212")]
    [InlineData("1212121212")]
    [InlineData("121272-1219")]
    public async Task A_personal_identity_number_is_refused_in_any_field_and_never_logged(string text)
    {
        await Refused.ForFieldAsync("note.text", "PERSONAL_IDENTITY_NUMBER_REFUSED", () => notes.WriteAsync(text));

        Assert.DoesNotContain(notes.Errors.Lines, line => line.Contains("1212", StringComparison.Ordinal) && line.Contains("Anna", StringComparison.Ordinal));
        Assert.DoesNotContain(notes.Errors.Lines, line => line.Contains("121212-1212", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("899999-0016")]
    [InlineData("Diarienummer BN 2026-118")]
    [InlineData("0191b2c0-1212-7121-8121-121212121212")]
    [InlineData("121212-1213")]
    public async Task Organisation_numbers_references_and_ids_are_no_personal_identity_numbers(string text) =>
        Assert.Equal(text, (await notes.WriteAsync(text)).Text);

    [Fact]
    public async Task A_repeat_of_a_request_id_gets_the_first_answer_and_changes_nothing()
    {
        var request = new CreateNoteRequest { Parent = NotesFixture.Here, Note = new Note { Text = "once" }, RequestId = Guid.NewGuid().ToString() };

        var first = await notes.Officer.CreateNoteAsync(request);
        var second = await notes.Officer.CreateNoteAsync(request);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Fifty_parallel_repeats_make_one_note()
    {
        var request = new CreateNoteRequest { Parent = NotesFixture.Here, Note = new Note { Text = "storm" }, RequestId = Guid.NewGuid().ToString() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => notes.Officer.CreateNoteAsync(request).ResponseAsync));

        Assert.Single(answers.Distinct());
        Assert.Equal(1, await notes.CountAsync("SELECT count(*) FROM note WHERE text = 'storm'"));
    }

    [Fact]
    public async Task A_request_id_with_another_payload_is_refused()
    {
        var request = new CreateNoteRequest { Parent = NotesFixture.Here, Note = new Note { Text = "first" }, RequestId = Guid.NewGuid().ToString() };
        await notes.Officer.CreateNoteAsync(request);
        request.Note.Text = "second";

        await Refused.ByAsync(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", () => notes.Officer.CreateNoteAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task A_failure_is_not_remembered()
    {
        var request = new CreateNoteRequest { Parent = NotesFixture.Here, Note = new Note(), RequestId = Guid.NewGuid().ToString() };
        await Refused.ForFieldAsync("note.text", "FIELD_REQUIRED", () => notes.Officer.CreateNoteAsync(request).ResponseAsync);
        request.Note.Text = "now with text";

        Assert.Equal("now with text", (await notes.Officer.CreateNoteAsync(request)).Text);
    }

    [Fact]
    public Task A_request_id_that_is_no_uuid_is_refused() =>
        Refused.ByAsync(StatusCode.InvalidArgument, "REQUEST_ID_INVALID", () => notes.Officer.CreateNoteAsync(
            new CreateNoteRequest { Parent = NotesFixture.Here, Note = new Note { Text = "x" }, RequestId = "7" }).ResponseAsync);

    [Fact]
    public async Task A_stale_etag_is_told_apart_from_a_missing_one()
    {
        var note = await notes.WriteAsync();
        await notes.Officer.UpdateNoteAsync(new UpdateNoteRequest { Note = new Note(note) { Text = "newer" } });

        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => notes.Officer.UpdateNoteAsync(new UpdateNoteRequest { Note = new Note(note) { Text = "older" } }).ResponseAsync);
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => notes.Officer.UpdateNoteAsync(new UpdateNoteRequest { Note = new Note(note) { Etag = "" } }).ResponseAsync);
        Assert.Equal("newer", (await notes.Officer.GetNoteAsync(new GetNoteRequest { Name = note.Name })).Text);
    }

    [Fact]
    public async Task Of_two_writers_with_the_same_etag_one_wins()
    {
        var note = await notes.WriteAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await notes.Officer.UpdateNoteAsync(new UpdateNoteRequest { Note = new Note(note) { Text = $"writer {i}" } });
                return StatusCode.OK;
            }
            catch (RpcException exception)
            {
                return exception.StatusCode;
            }
        }));

        Assert.Single(outcomes, StatusCode.OK);
        Assert.All(outcomes, status => Assert.Contains(status, new[] { StatusCode.OK, StatusCode.Aborted }));
    }

    [Fact]
    public async Task Pages_hold_every_note_once_newest_first()
    {
        var parent = "municipalities/2281";
        var client = new NotesService.NotesServiceClient(notes.As("2281", Identity.Roles.CaseOfficer));
        var written = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            written.Add((await notes.WriteAsync($"page {i}", client, parent)).Name);
        }

        var read = new List<string>();
        var token = "";
        do
        {
            var page = await client.ListNotesAsync(new ListNotesRequest { Parent = parent, PageSize = 3, PageToken = token });
            read.AddRange(page.Notes.Select(note => note.Name));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        written.Reverse();
        Assert.Equal(written, read);
    }

    [Fact]
    public async Task A_page_token_is_bound_to_its_query()
    {
        await notes.WriteAsync();
        await notes.WriteAsync();
        var page = await notes.Officer.ListNotesAsync(new ListNotesRequest { Parent = NotesFixture.Here, PageSize = 1 });

        foreach (var (token, filter) in new[] { (page.NextPageToken, "text = x"), ("nonsense", ""), ("!", "") })
        {
            await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", () => notes.Officer.ListNotesAsync(
                new ListNotesRequest { Parent = NotesFixture.Here, PageSize = 1, PageToken = token, Filter = filter }).ResponseAsync);
        }

        await Refused.ForFieldAsync("page_size", "PAGE_SIZE_NEGATIVE", () => notes.Officer.ListNotesAsync(new ListNotesRequest { Parent = NotesFixture.Here, PageSize = -1 }).ResponseAsync);
    }

    [Fact]
    public async Task A_fault_of_ours_tells_the_caller_nothing_and_operations_where()
    {
        var refused = await Refused.ByAsync(StatusCode.Internal, "INTERNAL", () => notes.Officer.BreakNoteAsync(new GetNoteRequest { Name = $"{NotesFixture.Here}/notes/x" }).ResponseAsync);

        var logged = Assert.Single(notes.Errors.Take());
        Assert.DoesNotContain("secret word", logged, StringComparison.Ordinal);
        Assert.Contains("BreakNote", logged, StringComparison.Ordinal);
        Assert.Contains(refused.Detail<RequestInfo>().RequestId, logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_within_a_change_is_our_fault_and_not_taken_for_a_lost_database()
    {
        await Refused.ByAsync(StatusCode.Internal, "INTERNAL", () => notes.Officer.BreakNewNoteAsync(new CreateNoteRequest { Parent = NotesFixture.Here, Note = new Note { Text = "Aldrig" } }).ResponseAsync);

        Assert.Contains(nameof(InvalidOperationException), Assert.Single(notes.Errors.Take()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_request_id_comes_back()
    {
        var call = notes.Officer.ListNotesAsync(new ListNotesRequest { Parent = NotesFixture.Here }, new Metadata { { "x-request-id", "case-42" } });
        await call;

        Assert.Equal("case-42", (await call.ResponseHeadersAsync).GetValue("x-request-id"));
    }

    [Fact]
    public void Money_survives_the_wire() =>
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), ören =>
        {
            var sum = ören % 1_000_000_000_000 / 100m;
            return sum.ToProto().ToDecimal() == sum;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_number_with_a_birth_date_and_its_check_digit_is_recognised() =>
        Prop.ForAll(Gen.Choose(0, 36_000).SelectMany(days => Gen.Choose(0, 999).Select(serial => (days, serial))).ToArbitrary(), drawn =>
        {
            var digits = $"{new DateOnly(1910, 1, 1).AddDays(drawn.days):yyMMdd}{drawn.serial:D3}";
            var sum = digits.Select((c, i) => (c - '0') * (i % 2 == 0 ? 2 : 1)).Sum(n => n > 9 ? n - 9 : n);
            var number = $"{digits[..6]}-{digits[6..]}{(10 - (sum % 10)) % 10}";
            return PersonalIdentityNumbers.AnyIn($"text {number}.");
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("811218-9876")]
    [InlineData("8112189876")]
    [InlineData("19811218-9876")]
    [InlineData("811218 9876")]
    [InlineData("811218\u20139876")]
    [InlineData("811218\u20119876")]
    [InlineData("811218+9876")]
    [InlineData("811278-9873")]
    [InlineData("protokoll_811218-9876.pdf")]
    [InlineData("intyg-811218-9876.pdf")]
    [InlineData("19811218-9876_utdrag.pdf")]
    [InlineData("(811218-9876)")]
    public void A_personal_identity_number_is_recognised_however_it_is_written_and_whatever_stands_beside_it(string text) => Assert.True(PersonalIdentityNumbers.AnyIn(text));

    [Theory]
    [InlineData("802499-9876")]
    [InlineData("16802499-9876")]
    [InlineData("811218-9875")]
    [InlineData("01981121-8987-7a3b-8c4d-198112189876")]
    [InlineData("19811218-9876-7a3b-8c4d-0123456789ab")]
    [InlineData("a8112189876")]
    [InlineData("18112189876")]
    [InlineData("070-123 45 67")]
    [InlineData("0f8112189876c0ffee")]
    public void What_only_looks_like_one_is_left_alone(string text) => Assert.False(PersonalIdentityNumbers.AnyIn(text));

    private Task<Note> SendAsync(byte[] bytes)
    {
        var raw = new Method<byte[], Note>(
            MethodType.Unary, "iop.sample.v1.NotesService", "CreateNote",
            Marshallers.Create(sent => sent, received => received),
            Marshallers.Create(note => note.ToByteArray(), Note.Parser.ParseFrom));
        return notes.As("1283", Identity.Roles.CaseOfficer).AsyncUnaryCall(raw, null, default, bytes).ResponseAsync;
    }
}
