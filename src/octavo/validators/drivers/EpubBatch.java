import com.adobe.epubcheck.tool.EpubChecker;

// EPUBCheck over many books in one Java machine: arguments are pairs of a book and the JSON report to write.
// Its own command line takes one book a call and spends two seconds on starting up each time.
public class EpubBatch {
  public static void main(String[] arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      new EpubChecker().run(new String[] {arguments[i], "--json", arguments[i + 1], "--quiet"});
    }
  }
}
