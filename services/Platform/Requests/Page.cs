using System.Buffers.Text;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using Iop.Platform.Errors;
using Microsoft.EntityFrameworkCore;

namespace Iop.Platform.Requests;

/// <summary>
/// One page of a list, by key and not by offset: it stays as fast on the last page as on the first. The token says where
/// the last page ended and is bound to the other arguments of the list; it grants no rights. Source: AIP-158.
/// </summary>
public sealed class Page
{
    private const int DefaultSize = 50;
    private const int MaxSize = 200;
    private const int BindingBytes = 8;

    private readonly int _size;
    private readonly Guid? _after;
    private readonly byte[] _binding;

    private Page(int size, Guid? after, byte[] binding) => (_size, _after, _binding) = (size, after, binding);

    /// <summary>Reads page size and token.</summary>
    /// <param name="pageSize">0 means 50; above 200 means 200.</param>
    /// <param name="pageToken">Empty for the first page.</param>
    /// <param name="boundTo">Everything else that decides what the list holds: method, parent, filter, order.</param>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> for a negative size, <c>INVALID_PAGE_TOKEN</c>.</exception>
    public static Page Of(int pageSize, string pageToken, params ReadOnlySpan<string> boundTo)
    {
        if (pageSize < 0)
        {
            throw Refusal.Input(new FieldFault("page_size", "PAGE_SIZE_NEGATIVE"));
        }

        var binding = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', boundTo)))[..BindingBytes];
        var size = pageSize == 0 ? DefaultSize : Math.Min(pageSize, MaxSize);
        return new Page(size, pageToken.Length == 0 ? null : Read(pageToken, binding), binding);
    }

    /// <summary>Fetches the page, newest first, and the token of the next; the token is empty at the end.</summary>
    /// <param name="query">The rows of the list, unordered.</param>
    /// <param name="id">The UUIDv7 that orders them.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public Task<(IReadOnlyList<T> Items, string NextPageToken)> FetchAsync<T>(IQueryable<T> query, Expression<Func<T, Guid>> id, CancellationToken cancellation) =>
        FetchAsync(query, id, last => last, after => after, cancellation);

    /// <summary>Fetches the page by a query of the caller's own, newest first, which is told before which id and how many rows to read.</summary>
    public async Task<(IReadOnlyList<T> Items, string NextPageToken)> FetchAsync<T>(Func<Guid?, int, Task<List<T>>> query, Func<T, Guid> id) =>
        Cut(await query(_after, _size + 1), id);

    /// <summary>Fetches the page of a list that is ordered by a number, highest first, such as the revisions of one thing.</summary>
    /// <param name="query">Everything that the list holds.</param>
    /// <param name="number">The number that orders them.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public Task<(IReadOnlyList<T> Items, string NextPageToken)> FetchByNumberAsync<T>(IQueryable<T> query, Expression<Func<T, int>> number, CancellationToken cancellation) =>
        FetchAsync(query, number, last => new Guid(last, 0, 0, new byte[8]), after => BitConverter.ToInt32(after.ToByteArray()), cancellation);

    private async Task<(IReadOnlyList<T> Items, string NextPageToken)> FetchAsync<T, TKey>(
        IQueryable<T> query, Expression<Func<T, TKey>> key, Func<TKey, Guid> toMark, Func<Guid, TKey> fromMark, CancellationToken cancellation)
    {
        if (_after is { } after)
        {
            var before = Expression.LessThan(key.Body, Expression.Constant(fromMark(after), typeof(TKey)));
            query = query.Where(Expression.Lambda<Func<T, bool>>(before, key.Parameters));
        }

        // Compiled for a page that has another after it: machine code for one row would cost more than all the rest of the list.
        return Cut(await query.OrderByDescending(key).Take(_size + 1).ToListAsync(cancellation), item => toMark(key.Compile(preferInterpretation: true)(item)));
    }

    private (IReadOnlyList<T> Items, string NextPageToken) Cut<T>(List<T> items, Func<T, Guid> id)
    {
        if (items.Count <= _size)
        {
            return (items, "");
        }

        items.RemoveAt(_size);
        return (items, Write(id(items[^1])));
    }

    private string Write(Guid last)
    {
        Span<byte> bytes = stackalloc byte[16 + BindingBytes];
        last.TryWriteBytes(bytes, bigEndian: true, out _);
        _binding.CopyTo(bytes[16..]);
        return Base64Url.EncodeToString(bytes);
    }

    private static Guid Read(string token, byte[] binding)
    {
        Span<byte> bytes = stackalloc byte[16 + BindingBytes];
        var readable = token.Length <= 64 && Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var count) && count == bytes.Length;
        return readable && bytes[16..].SequenceEqual(binding)
            ? new Guid(bytes[..16], bigEndian: true)
            : throw Refusal.Input("INVALID_PAGE_TOKEN", "page_token");
    }
}
