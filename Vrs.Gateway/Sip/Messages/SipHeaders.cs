using System.Collections;
using System.Globalization;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>One header field: canonical name, value with folding undone and outer white space gone.</summary>
public readonly record struct SipHeader(string Name, string Value);

/// <summary>
/// The header fields of a message in order, without those the message has as properties (Via, From, To, Call-ID, CSeq)
/// and without Content-Length, which the writer computes.
/// </summary>
public sealed class SipHeaders : IReadOnlyCollection<SipHeader>
{
    private readonly List<SipHeader> _items = new(16);

    public int Count => _items.Count;

    /// <summary>The first value of this name, or null.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var item in _items)
            {
                if (SipText.EqualNames(item.Name, name))
                {
                    return item.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Appends a field.</summary>
    /// <exception cref="ArgumentException">The value holds a line break or another control character.</exception>
    public void Add(string name, string value)
    {
        SipText.RequirePlain(value, nameof(value));
        _items.Add(new SipHeader(name, value));
    }

    /// <summary>Appends a field with a number.</summary>
    public void Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Replaces all fields of this name by one, at the end.</summary>
    public void Set(string name, string value)
    {
        Remove(name);
        Add(name, value);
    }

    /// <summary>Removes all fields of this name.</summary>
    public void Remove(string name) => _items.RemoveAll(item => SipText.EqualNames(item.Name, name));

    /// <summary>Whether there is a field of this name.</summary>
    public bool Has(string name) => this[name] is not null;

    /// <summary>
    /// All values of a header that is a comma-separated list (Contact, Route, Supported, …), whether on one line or
    /// many (RFC 3261 section 7.3.1).
    /// </summary>
    public IEnumerable<string> List(string name)
    {
        foreach (var item in _items)
        {
            if (SipText.EqualNames(item.Name, name))
            {
                foreach (var value in SipText.SplitList(item.Value))
                {
                    yield return value;
                }
            }
        }
    }

    /// <summary>
    /// Whether a list of tokens (Supported, Require, Allow) holds this one; option tags and methods alike.
    /// </summary>
    public bool HasToken(string name, string token) =>
        List(name).Contains(token, StringComparer.OrdinalIgnoreCase);

    /// <summary>The first value as a number; null when absent or no number up to 2^32 - 1.</summary>
    public uint? Number(string name) =>
        this[name] is { } text && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>
    /// All values read as addresses; those that break the grammar are left out (the parser refused them already).
    /// </summary>
    public IEnumerable<NameAddress> Addresses(string name)
    {
        foreach (var text in List(name))
        {
            if (NameAddress.TryParse(text, out var address))
            {
                yield return address;
            }
        }
    }

    public IEnumerator<SipHeader> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Appends a field that came from the wire and was checked there.</summary>
    internal void AddReceived(string name, string value) => _items.Add(new SipHeader(name, value));

    internal List<SipHeader> Items => _items;
}
