using System.IO.MemoryMappedFiles;

namespace ActorWebhooks.LoadTest.Receiving;

/// <summary>
/// How many events the receiver has counted, in memory that all processes of a run share: producers keep their distance from it, whatever
/// is between them and the receiver. One process writes it.
/// </summary>
internal sealed class SharedCount : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public SharedCount(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, sizeof(long));
        _view = _file.CreateViewAccessor(0, sizeof(long));
    }

    // An aligned value of eight bytes is read and written whole.
    public long Value
    {
        get => _view.ReadInt64(0);
        set => _view.Write(0, value);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
