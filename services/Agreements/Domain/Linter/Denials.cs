namespace Iop.Agreements.Domain.Linter;

/// <summary>
/// The denials of one sentence. Each is looked for once, and each clause that is found is held to them in one pass, since a text
/// that never ends its sentence may hold thousands of both.
/// </summary>
internal sealed class Denials
{
    private readonly DenialRules _rules;
    private readonly IReadOnlyList<Token> _tokens;
    private readonly List<(int From, int To)> _found = [];
    private readonly HashSet<int> _near = [];
    private readonly int _firstMed;

    // Of each place: what stands there, and what stands before it.
    private readonly (bool IsComma, bool IsVerb, bool IsJoin, bool BeginsClause)[] _at;
    private readonly (bool InCondition, int Comma, int Verb)[] _before;

    public Denials(DenialRules rules, IReadOnlyList<Token> tokens)
    {
        (_rules, _tokens, _firstMed) = (rules, tokens, int.MaxValue);
        _at = [.. tokens.Select((token, at) => (token.Text == ",", rules.IsVerb(token.Text), rules.IsJoin(token.Text), rules.BeginsClause(tokens, at)))];
        _before = new (bool, int, int)[tokens.Count + 1];
        _before[0] = (false, -1, -1);
        var isContrast = false;
        for (var at = 0; at < tokens.Count; at++)
        {
            var word = tokens[at].Text;
            if (rules.DenialAt(tokens, at) is > 0 and var length)
            {
                _found.Add((at, at + length));
            }

            // "inte A utan B" says B.
            if (rules.IsNearDenialAt(tokens, at) && !(word == "utan" && isContrast))
            {
                _near.Add(at);
            }

            isContrast |= word is "inte" or "ej" or "ingen" or "inget" or "inga";
            _firstMed = word == "med" ? Math.Min(_firstMed, at) : _firstMed;
            _before[at + 1] = (
                word is not ("," or ";") && (_before[at].InCondition || rules.IsCondition(tokens, at) || (at == 0 && rules.IsInverted(word))),
                _at[at].IsComma ? at : _before[at].Comma,
                _at[at].IsVerb ? at : _before[at].Verb);
        }
    }

    /// <summary>Whether the words from one place to another are denied.</summary>
    public bool Deny(int first, int last, bool alsoAfter) =>
        IsExplained(first, last) || IsDeniedNear(first) || IsDeniedBefore(first, last) || (alsoAfter && IsDeniedAfter(last));

    private bool IsExplained(int first, int last) => _firstMed < first && _tokens.Skip(last + 1).Take(_rules.Reach).Any(token => _rules.IsExplained(token.Text));

    private bool IsDeniedNear(int first)
    {
        for (var at = first - 1; at >= 0 && first - at <= _rules.NearReach; at--)
        {
            if (_near.Contains(at))
            {
                return true;
            }

            if (_tokens[at].Text is "," or ";")
            {
                return false;
            }
        }

        return false;
    }

    // From a denial to the words: does it still hold when it gets there?
    private bool IsDeniedBefore(int first, int last)
    {
        if (_found.Count == 0 || _found[0].From >= first)
        {
            return false;
        }

        var end = LastEnd(first, last);
        return _found.TakeWhile(denial => denial.From < first).Any(denial => denial.To > end && !(_before[denial.From].InCondition && Leaves(denial.To)));

        // A condition is left by a comma and by a verb. "Om parterna inte enas utgår vite", but also "... förlängs det": then the
        // words begin with the verb itself.
        bool Leaves(int from) => _before[first].Comma >= from || _before[first].Verb > from || (first > from && _at[first].IsVerb);
    }

    // Where the last clause before the words begins. A comma in a list goes on denying; a comma before a clause with a verb of its
    // own does not.
    private int LastEnd(int first, int last)
    {
        var (hasVerb, hasJoin) = last + 1 < _at.Length ? (_at[last + 1].IsVerb, _at[last + 1].IsJoin) : (false, false);
        for (var at = first - 1; at >= 0; at--)
        {
            if (_at[at].BeginsClause || (_at[at].IsComma && hasVerb && !hasJoin))
            {
                return at;
            }

            (hasVerb, hasJoin) = (hasVerb || _at[at].IsVerb, hasJoin || _at[at].IsJoin);
        }

        return -1;
    }

    private bool IsDeniedAfter(int last)
    {
        for (var at = last + 1; at < _tokens.Count && at <= last + _rules.Reach; at++)
        {
            var word = _tokens[at].Text;
            if (_rules.IsBreaker(word) || word is "," or ";" or ":" || _rules.IsCondition(_tokens, at))
            {
                return false;
            }

            if (_rules.IsDenialAfterAt(_tokens, at))
            {
                return true;
            }
        }

        return false;
    }
}
