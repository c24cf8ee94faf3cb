using System.Collections.Immutable;
using System.Text;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>One <c>;name=value</c>.</summary>
/// <param name="Name">The name as written; compared without case.</param>
/// <param name="Value">The value as written, quotes included; null for a flag such as <c>;lr</c>.</param>
public readonly record struct SipParameter(string Name, string? Value);

/// <summary>Parameters of a header value or URI, in the order they were written.</summary>
public readonly struct SipParameters : IEquatable<SipParameters>
{
    public static readonly SipParameters Empty = new([]);

    private readonly ImmutableArray<SipParameter> _items;

    public SipParameters(ImmutableArray<SipParameter> items) => _items = items;

    /// <summary>All of them, in order.</summary>
    public ImmutableArray<SipParameter> Items => _items.IsDefault ? [] : _items;

    /// <summary>The value as written, or null when there is no such parameter or it has no value.</summary>
    public string? this[string name] => TryGet(name, out var value) ? value : null;

    /// <summary>Whether the parameter is there, with or without a value.</summary>
    public bool Has(string name) => TryGet(name, out _);

    /// <summary>The value with quotes and escapes taken off, or null.</summary>
    public string? Unquoted(string name) => this[name] is { } value ? SipText.Unquote(value) : null;

    /// <summary>These parameters with one set; keeps its place when it was there already.</summary>
    public SipParameters With(string name, string? value)
    {
        SipText.RequirePlain(value, nameof(value));
        var items = Items;
        for (var i = 0; i < items.Length; i++)
        {
            if (SipText.EqualNames(items[i].Name, name))
            {
                return new SipParameters(items.SetItem(i, new SipParameter(name, value)));
            }
        }

        return new SipParameters(items.Add(new SipParameter(name, value)));
    }

    /// <summary>These parameters without one.</summary>
    public SipParameters Without(string name) =>
        Has(name) ? new SipParameters(Items.RemoveAll(item => SipText.EqualNames(item.Name, name))) : this;

    public bool Equals(SipParameters other) => Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    public override bool Equals(object? obj) => obj is SipParameters other && Equals(other);

    public override int GetHashCode() => Items.Length;

    public static bool operator ==(SipParameters left, SipParameters right) => left.Equals(right);

    public static bool operator !=(SipParameters left, SipParameters right) => !left.Equals(right);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var item in Items)
        {
            text.Append(';').Append(item.Name);
            if (item.Value is not null)
            {
                text.Append('=').Append(item.Value);
            }
        }

        return text.ToString();
    }

    private bool TryGet(string name, out string? value)
    {
        foreach (var item in Items)
        {
            if (SipText.EqualNames(item.Name, name))
            {
                value = item.Value;
                return true;
            }
        }

        value = null;
        return false;
    }
}
