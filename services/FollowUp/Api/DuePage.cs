using System.Buffers.Binary;
using System.Buffers.Text;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using Iop.Platform.Errors;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Api;

/// <summary>
/// One page of a list that is ordered by due date, earliest first: as <see cref="Platform.Requests.Page"/>, with the day
/// before the id in the key.
/// </summary>
public sealed class DuePage
{
    private const int DefaultSize = 50;
    private const int MaxSize = 200;
    private const int MaxTokenLength = 64;
    private const int KeyBytes = sizeof(int) + 16;
    private const int BindingBytes = 8;

    private readonly int _size;
    private readonly (DateOnly Due, Guid Id)? _after;
    private readonly byte[] _binding;

    private DuePage(int size, (DateOnly, Guid)? after, byte[] binding) => (_size, _after, _binding) = (size, after, binding);

    /// <summary>Reads page size and token.</summary>
    /// <param name="pageSize">0 means 50; above 200 means 200.</param>
    /// <param name="pageToken">Empty for the first page.</param>
    /// <param name="boundTo">Everything else that decides what the list holds.</param>
    /// <exception cref="Refusal"><c>INVALID_FIELDS</c> for a negative size, <c>INVALID_PAGE_TOKEN</c>.</exception>
    public static DuePage Of(int pageSize, string pageToken, params ReadOnlySpan<string> boundTo)
    {
        if (pageSize < 0)
        {
            throw Refusal.Input(new FieldFault("page_size", "PAGE_SIZE_NEGATIVE"));
        }

        var binding = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', boundTo)))[..BindingBytes];
        var size = pageSize == 0 ? DefaultSize : Math.Min(pageSize, MaxSize);
        return new DuePage(size, pageToken.Length == 0 ? null : Read(pageToken, binding), binding);
    }

    /// <summary>Fetches the page and the token of the next; the token is empty at the end.</summary>
    public async Task<(IReadOnlyList<T> Items, string NextPageToken)> FetchAsync<T>(
        IQueryable<T> query, Expression<Func<T, DateOnly>> due, Expression<Func<T, Guid>> id, CancellationToken cancellation)
    {
        if (_after is { } after)
        {
            query = query.Where(IsAfter(after, due, id));
        }

        var items = await query.OrderBy(due).ThenBy(id).Take(_size + 1).ToListAsync(cancellation);
        if (items.Count <= _size)
        {
            return (items, "");
        }

        items.RemoveAt(_size);
        return (items, Write(due.Compile()(items[^1]), id.Compile()(items[^1])));
    }

    // due > d OR (due = d AND id > i)
    private static Expression<Func<T, bool>> IsAfter<T>(
        (DateOnly Due, Guid Id) after, Expression<Func<T, DateOnly>> due, Expression<Func<T, Guid>> id)
    {
        var row = due.Parameters[0];
        var (day, key) = (Expression.Constant(after.Due), Expression.Constant(after.Id));
        var sameDay = Expression.AndAlso(
            Expression.Equal(due.Body, day),
            Expression.GreaterThan(Expression.Invoke(id, row), key));
        return Expression.Lambda<Func<T, bool>>(Expression.OrElse(Expression.GreaterThan(due.Body, day), sameDay), row);
    }

    private string Write(DateOnly due, Guid id)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + BindingBytes];
        BinaryPrimitives.WriteInt32BigEndian(bytes, due.DayNumber);
        id.TryWriteBytes(bytes[sizeof(int)..], bigEndian: true, out _);
        _binding.CopyTo(bytes[KeyBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    private static (DateOnly, Guid) Read(string token, byte[] binding)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + BindingBytes];
        var readable = token.Length <= MaxTokenLength && Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var count) && count == bytes.Length;
        var day = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return readable && bytes[KeyBytes..].SequenceEqual(binding) && day >= 0 && day <= DateOnly.MaxValue.DayNumber
            ? (DateOnly.FromDayNumber(day), new Guid(bytes[sizeof(int)..KeyBytes], bigEndian: true))
            : throw Refusal.Input("INVALID_PAGE_TOKEN", "page_token");
    }
}
