using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Vrs.Gateway.Admission;

namespace Vrs.Tests.Gateway.Admission;

/// <summary>TLS is begun only for who begins it.</summary>
public sealed class OpeningTests
{
    private static readonly byte[] Hello = [22, 3, 1, 2, 0, 1, 0, 1, 252];
    private readonly Pipe _said = new();
    private readonly DefaultConnectionContext _connection = new();

    public OpeningTests() => _connection.Transport = new Transport(_said.Reader, new Pipe().Writer);

    [Fact]
    public async Task A_hello_in_pieces_is_one_and_is_still_there_to_be_read()
    {
        var isSaid = Opening.IsSaid(_connection);
        await _said.Writer.WriteAsync(Hello.AsMemory(0, 1));
        Assert.False(isSaid.IsCompleted);
        await _said.Writer.WriteAsync(Hello.AsMemory(1));

        Assert.True(await isSaid);
        var read = await _said.Reader.ReadAsync();
        Assert.Equal(Hello.Length, read.Buffer.Length);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0002")]
    public async Task Something_else_begins_nothing(string text)
    {
        await _said.Writer.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text));

        Assert.False(await Opening.IsSaid(_connection));
    }

    [Fact]
    public async Task A_peer_that_leaves_begins_nothing()
    {
        var left = Opening.IsSaid(_connection);
        await _said.Writer.WriteAsync(Hello.AsMemory(0, 1));
        await _said.Writer.CompleteAsync();

        Assert.False(await left);
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_no_fault_of_ours()
    {
        var cut = Opening.IsSaid(_connection);
        await _said.Writer.CompleteAsync(new ConnectionResetException("Reset."));

        Assert.False(await cut);
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
